package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * Makes a connection again that was lost during a run. The absence lasts from the loss until the
 * first frame that is heard again: a proxy may accept for a server that is not there.
 */
final class Reconnector {
  private static final long PATIENCE_MILLIS = 2_000;

  private final Vertx vertx;
  private final ClientConfig config;
  private final Dialer dialer;
  private final Terminal terminal;
  private final Consumer<NetSocket> onConnected;
  private final Consumer<String> onGivenUp;
  private final Backoff backoff = new Backoff();

  private boolean away;
  private boolean said;
  private String reason;
  private long notice;
  private long deadline;

  /**
   * Idle until {@link #lost}.
   *
   * @param onConnected takes each new connection; the absence goes on until {@link #heard}
   * @param onGivenUp takes the reason, in one line, when the absence was too long
   */
  Reconnector(
      Vertx vertx,
      ClientConfig config,
      Dialer dialer,
      Terminal terminal,
      Consumer<NetSocket> onConnected,
      Consumer<String> onGivenUp) {
    this.vertx = vertx;
    this.config = config;
    this.dialer = dialer;
    this.terminal = terminal;
    this.onConnected = onConnected;
    this.onGivenUp = onGivenUp;
  }

  boolean isAway() {
    return away;
  }

  /** The connection is gone, or a new one led to nothing: tries until it is there or too late. */
  void lost(Throwable failure) {
    reason = Dialer.reasonOf(failure);
    if (!away) {
      away = true;
      said = false;
      backoff.reset();
      String why = reason;
      notice = vertx.setTimer(PATIENCE_MILLIS, timer -> say(why));
      deadline = vertx.setTimer(config.reconnectMillis(), timer -> giveUp());
    }
    vertx.setTimer(backoff.nextMillis(), timer -> attempt());
  }

  /** A frame came: the absence, if there was one, is over. */
  void heard() {
    if (away) {
      stop();
      if (said) {
        terminal.say("Connected again.");
      }
    }
  }

  /** Tries no longer. */
  void stop() {
    away = false;
    vertx.cancelTimer(notice);
    vertx.cancelTimer(deadline);
  }

  /** No failure is hopeless here: a host that is not found may be a network that is down. */
  private void attempt() {
    if (away) {
      dialer
          .dial()
          .onSuccess(onConnected::accept)
          .onFailure(
              failure -> {
                if (away) {
                  lost(failure);
                }
              });
    }
  }

  private void say(String why) {
    said = true;
    terminal.say(
        "The connection to %s was lost (%s). Reconnecting… ^C to give up."
            .formatted(config.address(), why));
  }

  private void giveUp() {
    stop();
    onGivenUp.accept(
        "%s could not be reached again within %s s (%s)"
            .formatted(
                config.address(),
                BigDecimal.valueOf(config.reconnectMillis(), 3)
                    .stripTrailingZeros()
                    .toPlainString(),
                reason));
  }
}
