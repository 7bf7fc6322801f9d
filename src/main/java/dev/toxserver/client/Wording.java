package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.protocol.ErrorCode;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;

/** What the user is told of the connection and of a cancel, a line each. */
final class Wording {
  private Wording() {}

  static String waiting(String address, String reason) {
    return "Waiting for a server at %s (%s). ^C to give up.".formatted(address, reason);
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

  static String cancelling(String command) {
    return "Cancelling " + command + " with the server. ^C again to exit.";
  }

  /**
   * Why a cancel was refused, if it was. That there is no such run is not worth a line: the run's
   * own events tell how it ended.
   */
  static Optional<String> cancelRefused(JsonObject answer) {
    boolean refused = "err".equals(answer.getValue("type"));
    Object code = answer.getValue("failureCode");
    return refused && !Integer.valueOf(ErrorCode.NOT_FOUND.number()).equals(code)
        ? Optional.of(String.valueOf(answer.getValue("message")))
        : Optional.empty();
  }

  static String timedOut(ClientConfig config, String command) {
    return "Command %s timed out! Nothing was heard from %s for %s s."
        .formatted(command, config.address(), config.timeout().orElseThrow());
  }
}
