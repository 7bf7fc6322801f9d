package dev.toxserver.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The part of one run's journal that is in files, of which the oldest go first when there are too
 * many bytes. All of it blocks; it is called by one thread at a time.
 */
final class Spool {
  /** So many files, so that letting the oldest go costs a small part of what is kept. */
  private static final int PARTS = 16;

  private final Path folder;
  private final long limit;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private volatile long firstSeq;
  private long bytes;

  /** Where a reader has come to: the next page is found without reading what is before it. */
  private record Place(Segment segment, long position, long seq) {}

  private Place lastPlace = new Place(null, 0, -1);

  /**
   * An empty one.
   *
   * @param folder is there
   * @param limit bytes
   */
  Spool(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** One that an earlier server wrote. */
  static Spool open(Path folder, long limit) throws IOException {
    Spool spool = new Spool(folder, limit);
    for (Segment segment : Segment.in(folder)) {
      spool.segments.add(segment);
      spool.bytes += segment.bytes();
    }
    spool.firstSeq = spool.segments.isEmpty() ? 0 : spool.segments.peekFirst().firstSeq();
    return spool;
  }

  /** The oldest entry that is still there; may be asked on any thread. */
  long firstSeq() {
    return firstSeq;
  }

  /** Adds entries, and lets the oldest go. */
  void append(List<Entry> entries) throws IOException {
    Segment last = segments.peekLast();
    if (last == null || last.bytes() >= limit / PARTS) {
      last = Segment.create(folder, entries.get(0).seq());
      segments.addLast(last);
    }
    bytes -= last.bytes();
    last.append(entries);
    bytes += last.bytes();
    while (bytes > limit && segments.size() > 1) {
      Segment oldest = segments.removeFirst();
      bytes -= oldest.bytes();
      oldest.delete();
    }
    firstSeq = segments.peekFirst().firstSeq();
  }

  /**
   * Some entries, from one on or, if that has gone, from the oldest; none at the end.
   *
   * @param most bytes of payload, though at least one entry comes
   */
  List<Entry> read(long from, int most) throws IOException {
    if (segments.isEmpty()) {
      return List.of();
    }
    Segment segment = segmentOf(from);
    long start =
        lastPlace.seq() == from && lastPlace.segment() == segment ? lastPlace.position() : 0;
    Segment.Page page = segment.read(start, from, most);
    if (page.entries().isEmpty()) {
      return List.of();
    }
    lastPlace = new Place(segment, page.end(), last(page.entries()).seq() + 1);
    return page.entries();
  }

  /** The entry after the last one. */
  long nextSeq() throws IOException {
    List<Segment> latestFirst = new ArrayList<>(segments);
    for (int i = latestFirst.size() - 1; i >= 0; i--) {
      Segment.Page page = latestFirst.get(i).read(0, 0, Integer.MAX_VALUE);
      if (!page.entries().isEmpty()) {
        return last(page.entries()).seq() + 1;
      }
    }
    return 0;
  }

  void delete() throws IOException {
    for (Segment segment : segments) {
      segment.delete();
    }
    segments.clear();
    bytes = 0;
  }

  /** The last one that begins at an entry or before it, or the first. */
  private Segment segmentOf(long seq) {
    Segment found = segments.peekFirst();
    for (Segment segment : segments) {
      if (segment.firstSeq() <= seq) {
        found = segment;
      }
    }
    return found;
  }

  private static Entry last(List<Entry> entries) {
    return entries.get(entries.size() - 1);
  }
}
