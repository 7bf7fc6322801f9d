package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest events of a journal, in memory, as they were published: those that wait to be written,
 * and some that were.
 */
final class Recent {
  private final TreeMap<Long, Event> events = new TreeMap<>();
  private long bytes;
  private long waitingFrom;
  private long waitingBytes;

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
    waitingBytes += event.cost();
  }

  /** What they cost. */
  long bytes() {
    return bytes;
  }

  /** What those cost that wait to be written. */
  long waitingBytes() {
    return waitingBytes;
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

  /** Those that wait to be written. */
  List<Event> waiting() {
    return List.copyOf(events.tailMap(waitingFrom, true).values());
  }

  /** Those before this one are written. */
  void written(long next) {
    waitingBytes -= cost(events.subMap(waitingFrom, next).values());
    waitingFrom = next;
  }

  /** Lets the oldest go of those that are written, until all cost no more than this. */
  void shrinkTo(long most) {
    while (bytes > most && events.size() > 1 && firstSeq() < waitingFrom) {
      bytes -= events.pollFirstEntry().getValue().cost();
    }
  }

  /** The same with those that are not written; whether any had to go. */
  boolean loseTo(long most) {
    shrinkTo(most);
    boolean lost = false;
    while (bytes > most && events.size() > 1) {
      Map.Entry<Long, Event> oldest = events.pollFirstEntry();
      bytes -= oldest.getValue().cost();
      waitingBytes -= oldest.getValue().cost();
      waitingFrom = oldest.getKey() + 1;
      lost = true;
    }
    return lost;
  }

  private static long cost(Collection<Event> events) {
    return events.stream().mapToLong(Event::cost).sum();
  }
}
