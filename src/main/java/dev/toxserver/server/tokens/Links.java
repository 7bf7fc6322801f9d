package dev.toxserver.server.tokens;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TokenRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How long links to runs last: no longer than the token with which they were made, than the run is
 * known, and, of a run that had not ended, than who reads it needs for its end. Belongs to the
 * server's context.
 */
public final class Links {
  /** How long the end of a run may be read: 10 minutes. */
  public static final long GRACE_MILLIS = 10 * 60 * 1_000;

  /** How long a link to a run that has ended lasts if nobody says it: an hour. */
  private static final long USUAL_SECONDS = 60 * 60;

  private final Function<RunId, Optional<SharedRun>> runs;
  private final long graceMillis;

  /**
   * None yet.
   *
   * @param runs the run of an id, if there is one
   * @param graceMillis how long the end of a run may be read, as {@link #GRACE_MILLIS}
   */
  public Links(Function<RunId, Optional<SharedRun>> runs, long graceMillis) {
    this.runs = runs;
    this.graceMillis = graceMillis;
  }

  long graceMillis() {
    return graceMillis;
  }

  /**
   * When a new one ends at the latest, in milliseconds since 1970, as far as that is known.
   *
   * @param by what who asks for it may
   */
  OptionalLong end(TokenRequest.Share request, Link link, Rights by) {
    OptionalLong seconds =
        request.seconds().isPresent() || link.endsWithRun()
            ? request.seconds()
            : OptionalLong.of(USUAL_SECONDS);
    long latest =
        Math.min(
            NarrowToken.endAfter(seconds).orElse(Long.MAX_VALUE),
            by.expiresMillis().orElse(Long.MAX_VALUE));
    return latest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(latest);
  }

  /** A token with the end that it has by what is known now of its run. */
  NarrowToken asOfNow(NarrowToken token) {
    return token
        .link()
        .map(link -> token.until(link.lastsUntil(runs.apply(link.run()), graceMillis)))
        .orElse(token);
  }
}
