package dev.toxserver.server.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of one run's journal that is in files, of which the oldest go first when there are too
 * many bytes. All of it blocks; it is called by one thread at a time.
 */
final class Spool {
  /** So many files, so that letting the oldest go costs a small part of what is kept. */
  private static final int PARTS = 16;

  private static final int MOST_PLACES = 64;

  private final Path folder;
  private final long limit;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private volatile long firstSeq;
  private long bytes;

  /** Where a reader has come to: the next page is found without reading what is before it. */
  private record Place(Segment segment, long position) {}

  /** By the entry that is next there; those of the last few readers. */
  private final Map<Long, Place> places = new LinkedHashMap<>();

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
    // Of one that a dying server had not written to its end, the next one follows.
    for (Segment segment : segmentsFrom(from)) {
      Place place = places.get(from);
      long start = place != null && place.segment() == segment ? place.position() : 0;
      Segment.Page page = segment.read(start, from, most);
      if (!page.entries().isEmpty()) {
        remember(last(page.entries()).seq() + 1, new Place(segment, page.end()));
        return page.entries();
      }
    }
    return List.of();
  }

  /** The last entry that can be read. */
  Optional<Entry> last() {
    for (var latestFirst = segments.descendingIterator(); latestFirst.hasNext(); ) {
      try {
        Segment.Page page = latestFirst.next().read(0, 0, Integer.MAX_VALUE);
        if (!page.entries().isEmpty()) {
          return Optional.of(last(page.entries()));
        }
      } catch (IOException e) {
        // What is before it may be whole.
        continue;
      }
    }
    return Optional.empty();
  }

  void delete() throws IOException {
    for (Segment segment : segments) {
      segment.delete();
    }
    segments.clear();
    places.clear();
    bytes = 0;
  }

  /** The last one that begins at an entry or before it, or the first; and those that follow. */
  private List<Segment> segmentsFrom(long seq) {
    List<Segment> found = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.firstSeq() <= seq) {
        found.clear();
      }
      found.add(segment);
    }
    return found;
  }

  private void remember(long seq, Place place) {
    places.put(seq, place);
    if (places.size() > MOST_PLACES) {
      places.remove(places.keySet().iterator().next());
    }
  }

  private static Entry last(List<Entry> entries) {
    return entries.get(entries.size() - 1);
  }
}
