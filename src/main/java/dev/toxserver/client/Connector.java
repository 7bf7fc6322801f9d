package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/**
 * Makes the first connection to the server, again and again until it is there: in a compose
 * start-up the client may be first. Only what won't change by itself is an error at once.
 */
final class Connector {
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final Vertx vertx;
  private final ClientConfig config;
  private final Dialer dialer;
  private final Terminal terminal;
  private final Backoff backoff = new Backoff();
  private final long since = System.nanoTime();

  private boolean said;
  private int lostWithoutAWord;

  Connector(Vertx vertx, ClientConfig config, Dialer dialer, Terminal terminal) {
    this.vertx = vertx;
    this.config = config;
    this.dialer = dialer;
    this.terminal = terminal;
  }

  /** A connection, as soon as there is one; fails if there can't be any. */
  Future<NetSocket> connect() {
    Promise<NetSocket> connected = Promise.promise();
    attempt(connected);
    return connected.future();
  }

  /** The last connection was lost before the first word: tries again, after a while. */
  Future<NetSocket> connectAgain(Throwable reason) {
    Promise<NetSocket> connected = Promise.promise();
    Future<Boolean> tlsOnly =
        lostWithoutAWord++ == 0 ? Future.succeededFuture(false) : dialer.wantsTls();
    tlsOnly.onSuccess(
        wanted -> {
          if (wanted) {
            connected.fail(
                config.address()
                    + " speaks TLS only: name the authority of its certificate with --tls-ca");
          } else {
            attemptUnlessHopeless(connected, reason);
          }
        });
    return connected.future();
  }

  private void attempt(Promise<NetSocket> connected) {
    dialer
        .dial()
        .onSuccess(connected::complete)
        .onFailure(failure -> attemptUnlessHopeless(connected, failure));
  }

  private void attemptUnlessHopeless(Promise<NetSocket> connected, Throwable failure) {
    Optional<String> hopeless = dialer.hopeless(failure);
    hopeless.ifPresent(connected::fail);
    if (hopeless.isEmpty()) {
      attemptLater(connected, failure);
    }
  }

  private void attemptLater(Promise<NetSocket> connected, Throwable failure) {
    long delay = backoff.nextMillis();
    if (!said && System.nanoTime() - since > PATIENCE_NANOS - delay * 1_000_000) {
      said = true;
      terminal.say(
          "Waiting for a server at %s (%s). ^C to give up."
              .formatted(config.address(), Dialer.reasonOf(failure)));
    }
    vertx.setTimer(delay, timer -> attempt(connected));
  }
}
