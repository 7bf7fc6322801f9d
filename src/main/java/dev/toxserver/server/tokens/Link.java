package dev.toxserver.server.tokens;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The one run that a token of {@code share} may read.
 *
 * @param acceptedMillis as in {@link SharedRun}
 * @param endsWithRun whether it ends soon after the run: it was made before the run had ended
 * @param by the narrow token with which it was made, and with which it ends; empty for the server's
 *     own
 */
record Link(RunId run, long acceptedMillis, boolean endsWithRun, Optional<String> by) {
  private static final long OVER = 0;

  private static final String ACCEPTED = "accepted";
  private static final String ENDS = "endsWithRun";
  private static final String BY = "by";

  static Link to(SharedRun run, Optional<String> by) {
    return new Link(run.id(), run.acceptedMillis(), !run.isOver(), by);
  }

  /** Whether that is the very run, and not a later one of the same id. */
  boolean isTo(SharedRun run) {
    return run.id().equals(this.run) && run.acceptedMillis() == acceptedMillis;
  }

  /**
   * The latest that it may last, in milliseconds since 1970.
   *
   * @param known the run of its id, if there is one
   * @param graceMillis for how long the end of a run may be read
   */
  long lastsUntil(Optional<SharedRun> known, long graceMillis) {
    Optional<SharedRun> run = known.filter(this::isTo);
    if (run.isEmpty()) {
      return OVER;
    }
    if (!endsWithRun || !run.get().isOver()) {
      return Long.MAX_VALUE;
    }
    return run.get().endedMillis().map(end -> end + graceMillis).orElse(OVER);
  }

  void writeTo(JsonObject token) {
    token.put(ACCEPTED, acceptedMillis).put(ENDS, endsWithRun);
    by.ifPresent(id -> token.put(BY, id));
  }

  /**
   * Reads it.
   *
   * @throws MalformedException if a field is missing
   * @throws ClassCastException if one is something else
   */
  static Link of(RunId run, JsonObject token) {
    Long accepted = token.getLong(ACCEPTED);
    if (accepted == null) {
      throw new MalformedException(ACCEPTED, "is missing");
    }
    return new Link(
        run, accepted, token.getBoolean(ENDS, true), Optional.ofNullable(token.getString(BY)));
  }
}
