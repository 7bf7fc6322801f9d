package dev.toxserver.server.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads the entries of a {@link Segment}'s file, one after another. It blocks. */
final class EntryReader implements AutoCloseable {
  /** The payload's length, its place in the run, its kind. */
  static final int HEADER_BYTES = 4 + 8 + 1;

  private static final int MOST_PAYLOAD_BYTES = 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final DataInputStream in;
  private long position;
  private long least;

  /**
   * Opens the file.
   *
   * @param position where an entry begins
   * @param least no entry before this one can follow
   */
  EntryReader(Path file, long position, long least) throws IOException {
    FileChannel channel = RegularFile.open(file, StandardOpenOption.READ);
    this.in =
        new DataInputStream(
            new BufferedInputStream(
                Channels.newInputStream(channel.position(position)), BUFFER_BYTES));
    this.position = position;
    this.least = least;
  }

  /**
   * The next entry.
   *
   * @throws EOFException if there is none, or one that a dying server had not written to its end
   * @throws IOException if it is damaged, or can't be read
   */
  Entry next() throws IOException {
    int length = in.readInt();
    long seq = in.readLong();
    int kind = in.readByte();
    if (length < 0
        || length > MOST_PAYLOAD_BYTES
        || seq < least
        || kind < 0
        || kind >= Entry.Kind.values().length) {
      throw new IOException("an entry is damaged");
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    position += HEADER_BYTES + length;
    least = seq + 1;
    return new Entry(seq, Entry.Kind.values()[kind], payload);
  }

  /** Where the next entry begins. */
  long position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
