package dev.toxserver.server.door;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs who was turned away and why: the first from each address for each reason at once, and of
 * those that follow only how many they were. A client that comes back at once without a token wrote
 * 5,089 lines in 8 s (the bridge's own client for Python).
 *
 * <p>Belongs to the server's context.
 */
final class Refusals {
  /** The most pairs of an address and a reason that are told apart; all others are only counted. */
  static final int MAX_CAUSES = 100;

  /** The longest line, in characters: it may repeat what the client sent. */
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
   * Notes a client that was turned away.
   *
   * @param host the address that it came from
   * @param reason which kind it is, one of few
   * @param line the whole story; cut if it is too long
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

  /** Logs how many more there were, and starts anew. */
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
