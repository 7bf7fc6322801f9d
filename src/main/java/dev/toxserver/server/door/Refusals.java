package dev.toxserver.server.door;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the log who was turned away and why: of each address and reason the first at once, and then
 * how many more. A client that comes back at once without a token wrote 5,089 lines in 8 s (the
 * bridge's own client for Python).
 *
 * <p>Belongs to the server's context.
 */
final class Refusals {
  /** So many addresses and reasons are told apart; the rest is only counted. */
  static final int MAX_CAUSES = 100;

  /** A line may hold what the client sent. */
  private static final int MAX_LINE = 300;

  private static final Logger LOG = Logger.getLogger(Refusals.class.getName());

  private final Vertx vertx;
  private final long periodMillis;

  /** How many more there were of each, in this period. */
  private final Map<Cause, Integer> more = new LinkedHashMap<>();

  private int others;

  private record Cause(String host, String reason) {}

  /**
   * None yet.
   *
   * @param periodMillis how long those are only counted that come after the first
   */
  Refusals(Vertx vertx, long periodMillis) {
    this.vertx = vertx;
    this.periodMillis = periodMillis;
  }

  /**
   * Notes one.
   *
   * @param host the address that it came from
   * @param reason one of few
   * @param line tells all of it; what is too long is cut
   */
  void add(String host, String reason, String line) {
    Cause cause = new Cause(host, reason);
    if (more.computeIfPresent(cause, (known, count) -> count + 1) != null) {
      return;
    }
    if (more.size() >= MAX_CAUSES) {
      others++;
      return;
    }
    if (more.isEmpty()) {
      vertx.setTimer(periodMillis, over -> tellMore());
    }
    more.put(cause, 0);
    LOG.log(Level.WARNING, "{0}", line.substring(0, Math.min(line.length(), MAX_LINE)));
  }

  /** Says how many more there were; what comes after that is told anew. */
  void tellMore() {
    more.forEach(
        (cause, count) -> {
          if (count > 0) {
            tell(count, cause.host(), cause.reason());
          }
        });
    if (others > 0) {
      tell(others, "other addresses", "for these and other reasons");
    }
    more.clear();
    others = 0;
  }

  private void tell(int count, String host, String reason) {
    LOG.log(
        Level.WARNING,
        "{0} more from {1} in {2} s: {3}",
        new Object[] {String.valueOf(count), host, periodMillis / 1000.0, reason});
  }
}
