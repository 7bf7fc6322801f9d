package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import java.math.BigDecimal;

/** What the user is told of the connection, a line each. */
final class Wording {
  private Wording() {}

  static String waiting(ClientConfig config, String reason) {
    return "Waiting for a server at %s (%s). ^C to give up.".formatted(config.address(), reason);
  }

  static String reconnecting(ClientConfig config, String reason) {
    return "The connection to %s was lost (%s). Reconnecting… ^C to give up."
        .formatted(config.address(), reason);
  }

  static String lost(ClientConfig config, String reason) {
    return "the connection to %s was lost (%s)".formatted(config.address(), reason);
  }

  static String notReachedAgain(ClientConfig config, String reason) {
    BigDecimal seconds = BigDecimal.valueOf(config.reconnectMillis(), 3).stripTrailingZeros();
    return "%s could not be reached again within %s s (%s)"
        .formatted(config.address(), seconds.toPlainString(), reason);
  }

  static String timedOut(ClientConfig config, String command) {
    return "Command %s timed out! Nothing was heard from %s for %s s."
        .formatted(command, config.address(), config.timeout().orElseThrow());
  }
}
