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

  static String reconnecting(String address, String reason) {
    return "The connection to %s was lost (%s). Reconnecting… ^C to give up."
        .formatted(address, reason);
  }

  static String lost(String address, String reason) {
    return "the connection to %s was lost (%s)".formatted(address, reason);
  }

  static String connectedAgain(Optional<String> oneOfSeveral) {
    return "Connected again" + oneOfSeveral.map(address -> ", to " + address).orElse("") + ".";
  }

  /**
   * Why a run that was accepted is not known.
   *
   * @param had which of several servers had it
   * @param asked which of them does not know it
   */
  static String unknownRun(Optional<String> had, Optional<String> asked) {
    return had.equals(asked)
        ? "the server does not know the run any more (was it restarted?)"
        : "%s does not know the run, which %s had: they do not share their runs"
            .formatted(asked.orElseThrow(), had.orElseThrow());
  }

  /** What a server answered; of several, it names the one. */
  static String answer(Optional<String> oneOfSeveral, String message) {
    return oneOfSeveral.map(address -> address + ": " + message).orElse(message);
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
