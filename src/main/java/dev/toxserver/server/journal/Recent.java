package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The newest events of a journal, in memory, as they were published. */
final class Recent {
  private final TreeMap<Long, Event> events = new TreeMap<>();
  private long bytes;

  /**
   * An event.
   *
   * @param body is not changed any more
   * @param cost bytes of memory, roughly
   */
  record Event(long seq, JsonObject body, int cost) {
    static Event of(JsonObject body) {
      return new Event(RunEventJson.seqOf(body).orElseThrow(), body, RunEventJson.weight(body));
    }
  }

  void add(Event event) {
    events.put(event.seq(), event);
    bytes += event.cost();
  }

  /** What they cost. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** The oldest of them, of which there must be one. */
  long firstSeq() {
    return events.firstKey();
  }

  /** Those from one on, until they cost so much. */
  List<Event> from(long seq, int most) {
    List<Event> found = new ArrayList<>();
    int cost = 0;
    for (Event event : events.tailMap(seq, true).values()) {
      found.add(event);
      cost += event.cost();
      if (cost >= most) {
        break;
      }
    }
    return found;
  }

  /** The oldest, so many that no more than this would be left. */
  List<Event> allBut(long left) {
    List<Event> oldest = new ArrayList<>();
    long rest = bytes;
    for (Event event : events.values()) {
      if (rest <= left) {
        break;
      }
      oldest.add(event);
      rest -= event.cost();
    }
    return oldest;
  }

  void removeAll(List<Event> gone) {
    for (Event event : gone) {
      if (events.remove(event.seq()) != null) {
        bytes -= event.cost();
      }
    }
  }

  /**
   * Lets the oldest go, but never the last, until they cost no more than this; whether any had to.
   */
  boolean shrinkTo(long most) {
    boolean shrunk = false;
    while (bytes > most && events.size() > 1) {
      bytes -= events.pollFirstEntry().getValue().cost();
      shrunk = true;
    }
    return shrunk;
  }
}
