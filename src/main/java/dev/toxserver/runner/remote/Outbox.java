package dev.toxserver.runner.remote;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The events of one run that the server has not acknowledged: what it has to be sent again when the
 * connection was lost. The run's window bounds them. Belongs to the verticle's context.
 */
final class Outbox {
  private final Deque<JsonObject> events = new ArrayDeque<>();
  private long nextSeq;
  private boolean ended;

  /**
   * Empty.
   *
   * @param nextSeq the number of the first event that will come
   */
  Outbox(long nextSeq) {
    this.nextSeq = nextSeq;
  }

  /** The number of the event that comes next. */
  long nextSeq() {
    return nextSeq;
  }

  /** Keeps an event that has a number. */
  void add(JsonObject event) {
    events.add(event);
    nextSeq = seqOf(event) + 1;
    ended = RunEventJson.isExit(event);
  }

  /** Whether the run has ended. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the run has ended, and its end was acknowledged. */
  boolean isDone() {
    return ended && events.isEmpty();
  }

  /** Everything up to an event is not needed any more. */
  void acknowledge(long seq) {
    while (!events.isEmpty() && seqOf(events.peek()) <= seq) {
      events.remove();
    }
  }

  /** Those from one on, in their order. */
  Iterable<JsonObject> from(long seq) {
    return events.stream().filter(event -> seqOf(event) >= seq)::iterator;
  }

  private static long seqOf(JsonObject event) {
    return RunEventJson.seqOf(event).orElseThrow();
  }
}
