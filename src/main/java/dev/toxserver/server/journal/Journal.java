package dev.toxserver.server.journal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One run's events, for those who come back or come late. The oldest of all go when there are too
 * many. Belongs to the server's context.
 */
public interface Journal {
  /** The oldest event that can still be read. */
  long firstSeq();

  /** The next event that is to come. */
  long nextSeq();

  /** Whether no more events will come. */
  boolean isEnded();

  /** Whether what keeps the events is so far behind that the run should wait for it. */
  boolean isBehind();

  /** Calls back once, when something was written. */
  void onWritten(Runnable callback);

  /**
   * Why there are no events before this one.
   *
   * @return nothing if they were the oldest of too many
   */
  Optional<String> whyMissingBefore(long seq);

  /**
   * Keeps an event; the run's exit is the last.
   *
   * @param body the event as it was published, with its place in the sequence; not changed any more
   */
  void append(JsonObject body);

  /**
   * Some events' JSON, from one on; the first of them may be a later one if that has gone or can't
   * be read. Empty only if there are none up to {@link #nextSeq}.
   */
  Future<List<JsonObject>> read(long from);

  /**
   * Completes when {@link #firstSeq} and {@link #nextSeq} are as they are now, wherever the events
   * come from. Whoever begins to read waits for it.
   */
  default Future<Void> ready() {
    return Future.succeededFuture();
  }

  /** Why events are missing that should have been kept, in one line for a person; else nothing. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Completes after the run's exit, when all is kept or will never be. */
  default Future<Void> kept() {
    return Future.succeededFuture();
  }

  /** Completes when what is under way to where it is kept has arrived. */
  default Future<Void> arrived() {
    return Future.succeededFuture();
  }

  /** Nothing of it is wanted any more. */
  default void forget() {}
}
