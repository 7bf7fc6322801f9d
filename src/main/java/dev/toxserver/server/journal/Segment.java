package dev.toxserver.server.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One file of a {@link Spool}: entries one after another, each as its payload's length (4 bytes),
 * its place in the run (8), its kind (1) and its payload. Its name tells the first entry's place.
 */
final class Segment {
  private static final String PREFIX = "output.";

  private final Path file;
  private final long firstSeq;
  private long bytes;

  /** While it is written to: to open it for each write would be a fifth of what a server does. */
  private Optional<FileChannel> open = Optional.empty();

  private Segment(Path file, long firstSeq, long bytes) {
    this.file = file;
    this.firstSeq = firstSeq;
    this.bytes = bytes;
  }

  /** A new one, which begins with an entry. */
  static Segment create(Path folder, long firstSeq) throws IOException {
    // So many digits that the files' names sort as their numbers do.
    Path file = folder.resolve("%s%019d".formatted(PREFIX, firstSeq));
    Files.deleteIfExists(file);
    Segment segment = new Segment(file, firstSeq, 0);
    segment.open =
        Optional.of(
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Archive.PRIVATE_FILE));
    return segment;
  }

  /** All in a folder, in their order. */
  static List<Segment> in(Path folder) throws IOException {
    List<Segment> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        String number = file.getFileName().toString().substring(PREFIX.length());
        // A number that fits; whatever else is called so is not ours.
        if (number.matches("0[0-9]{18}")) {
          long bytes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                  .size();
          found.add(new Segment(file, Long.parseLong(number), bytes));
        }
      }
    }
    found.sort((one, other) -> Long.compare(one.firstSeq, other.firstSeq));
    return found;
  }

  long firstSeq() {
    return firstSeq;
  }

  long bytes() {
    return bytes;
  }

  /** Adds entries; to one that this server has made and not finished. */
  void append(List<Entry> entries) throws IOException {
    int length =
        entries.stream().mapToInt(entry -> EntryReader.HEADER_BYTES + entry.payload().length).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (Entry entry : entries) {
      buffer
          .putInt(entry.payload().length)
          .putLong(entry.seq())
          .put((byte) entry.kind().ordinal())
          .put(entry.payload());
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      open.orElseThrow().write(buffer);
    }
    bytes += length;
  }

  /**
   * Reads entries.
   *
   * @param start where to begin in the file: 0, or what an earlier page ended with
   * @param from entries before this one are passed over
   * @param most no more bytes of payload than this, but at least one entry if there is one
   * @throws IOException if not even the first can be read; what is before a damaged one still comes
   */
  Page read(long start, long from, int most) throws IOException {
    List<Entry> entries = new ArrayList<>();
    long end = start;
    int payload = 0;
    try (EntryReader in = new EntryReader(file, start, start == 0 ? firstSeq : from)) {
      while (payload < most) {
        Entry entry = in.next();
        end = in.position();
        if (entry.seq() >= from) {
          entries.add(entry);
          payload += entry.cost();
        }
      }
    } catch (EOFException e) {
      // The end, or an entry that a dying server had not written to its end.
      return new Page(entries, end);
    } catch (IOException e) {
      if (entries.isEmpty()) {
        throw e;
      }
    }
    return new Page(entries, end);
  }

  /**
   * The last entry that can be read. Takes the memory of one entry, however long the file is.
   *
   * @throws IOException if not even the first can be read
   */
  Optional<Entry> last() throws IOException {
    Optional<Entry> last = Optional.empty();
    try (EntryReader in = new EntryReader(file, 0, firstSeq)) {
      while (true) {
        last = Optional.of(in.next());
      }
    } catch (EOFException e) {
      return last;
    } catch (IOException e) {
      if (last.isEmpty()) {
        throw e;
      }
      return last;
    }
  }

  /** Nothing more will be added. */
  void finish() throws IOException {
    if (open.isPresent()) {
      open.get().close();
      open = Optional.empty();
    }
  }

  void delete() throws IOException {
    finish();
    Files.deleteIfExists(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /**
   * Some entries.
   *
   * @param end where the next page begins
   */
  record Page(List<Entry> entries, long end) {}
}
