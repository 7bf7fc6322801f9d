package dev.toxserver.runner.placed;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The events of one run that the server has not acknowledged: what it has to be sent again when the
 * connection was lost, and the notices that came meanwhile. The run's window bounds the events, a
 * number the notices. Belongs to the verticle's context.
 */
final class Outbox {
  /** A run has a handful at most; those beyond are dropped. */
  static final int MOST_NOTICES = 100;

  private final Deque<JsonObject> events = new ArrayDeque<>();
  private long nextSeq;
  private boolean ended;
  private int notices;

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

  /** Keeps a notice, which has no number, in its place until the server is there again. */
  void addNotice(JsonObject notice) {
    if (notices < MOST_NOTICES) {
      notices++;
      events.add(notice);
    }
  }

  /** Whether the run has ended. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether the run has ended, and its end was acknowledged. */
  boolean isDone() {
    return ended && events.isEmpty();
  }

  /** Everything up to an event is not needed any more. To be called while no notice is kept. */
  void acknowledge(long seq) {
    while (!events.isEmpty() && seqOf(events.peek()) <= seq) {
      events.remove();
    }
  }

  /** Those from one on and all notices, in their order; the notices are not kept any longer. */
  List<JsonObject> from(long seq) {
    List<JsonObject> due =
        events.stream()
            .filter(event -> RunEventJson.isNotice(event) || seqOf(event) >= seq)
            .toList();
    events.removeIf(RunEventJson::isNotice);
    notices = 0;
    return due;
  }

  private static long seqOf(JsonObject event) {
    return RunEventJson.seqOf(event).orElseThrow();
  }
}
