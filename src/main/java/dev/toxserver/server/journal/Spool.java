package dev.toxserver.server.journal;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The part of one run's journal that is in files, of which the oldest go first when there are too
 * many bytes. All of it blocks; it is called by one thread at a time.
 */
final class Spool {
  /** So many files, so that letting the oldest go costs a small part of what is kept. */
  private static final int PARTS = 16;

  private static final int MOST_PLACES = 64;

  private static final Logger LOG = Logger.getLogger(Spool.class.getName());

  private final Path folder;
  private final long limit;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Set<Segment> told = new HashSet<>();
  private volatile long firstSeq;
  private long bytes;
  private boolean torn;

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

  /**
   * Adds entries, and lets the oldest go.
   *
   * @throws IOException if they can't be written; others may be later
   */
  void append(List<Entry> entries) throws IOException {
    Segment last = segments.peekLast();
    if (last == null || torn || last.bytes() >= limit / PARTS) {
      finish();
      last = Segment.create(folder, entries.get(0).seq());
      segments.addLast(last);
      torn = false;
    }
    bytes -= last.bytes();
    try {
      last.append(entries);
    } catch (IOException e) {
      giveUp(last, e);
      throw e;
    } finally {
      bytes += last.bytes();
    }
    while (bytes > limit && segments.size() > 1) {
      Segment oldest = segments.removeFirst();
      bytes -= oldest.bytes();
      oldest.delete();
    }
    firstSeq = segments.peekFirst().firstSeq();
  }

  /**
   * Some entries, from one on or, if that has gone or can't be read, from the next that can; none
   * at the end.
   *
   * @param most bytes of payload, though at least one entry comes
   */
  List<Entry> read(long from, int most) {
    // Of one that a dying server had not written to its end, the next one follows.
    for (Segment segment : segmentsFrom(from)) {
      Place place = places.get(from);
      long start = place != null && place.segment() == segment ? place.position() : 0;
      try {
        Segment.Page page = segment.read(start, from, most);
        if (!page.entries().isEmpty()) {
          remember(last(page.entries()).seq() + 1, new Place(segment, page.end()));
          return page.entries();
        }
      } catch (IOException e) {
        warn(segment, e);
      }
    }
    return List.of();
  }

  /**
   * The JSON of some entries, as {@link #read} finds them.
   *
   * @param before no entry from this one on is looked at: the run had none
   */
  List<JsonObject> bodies(long from, long before, int most) {
    List<Entry> page = read(from, most);
    while (!page.isEmpty() && page.get(0).seq() < before) {
      List<JsonObject> bodies =
          page.stream()
              .filter(entry -> entry.seq() < before)
              .flatMap(entry -> entry.body().stream())
              .toList();
      if (!bodies.isEmpty()) {
        return bodies;
      }
      page = read(last(page).seq() + 1, most);
    }
    return List.of();
  }

  /** The last entry that can be read. */
  Optional<Entry> last() {
    for (var latestFirst = segments.descendingIterator(); latestFirst.hasNext(); ) {
      try {
        Optional<Entry> last = latestFirst.next().last();
        if (last.isPresent()) {
          return last;
        }
      } catch (IOException e) {
        // What is before it may be whole.
        continue;
      }
    }
    return Optional.empty();
  }

  /** Nothing more will be added, or only to another file. */
  void finish() throws IOException {
    if (!segments.isEmpty()) {
      segments.peekLast().finish();
    }
  }

  /** A part may have been written, behind which nothing could be read. */
  private void giveUp(Segment last, IOException why) {
    torn = true;
    try {
      last.finish();
      if (last.bytes() == 0) {
        segments.removeLast();
        last.delete();
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
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

  /** Once: whoever reads it comes by here. */
  private void warn(Segment damaged, IOException why) {
    if (told.add(damaged)) {
      LOG.log(
          Level.WARNING,
          "{0} can''t be read from some place on; what it held is missing: {1}",
          new Object[] {damaged, why.toString()});
    }
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
