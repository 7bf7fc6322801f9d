package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.UnknownHostException;

/**
 * Connects to the server, again and again until it is there: in a compose start-up the client may
 * be first. Only a host that has no address is an error at once.
 */
final class Connector {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long FIRST_DELAY_MILLIS = 50;
  private static final long LONGEST_DELAY_MILLIS = 1_000;

  private final Vertx vertx;
  private final ClientConfig config;
  private final Terminal terminal;
  private final long since = System.nanoTime();

  /**
   * A field, and not a local: Vert.x closes a client, and its connection, that nothing refers to.
   */
  private final NetClient netClient;

  private long delay = FIRST_DELAY_MILLIS;
  private boolean said;

  Connector(Vertx vertx, ClientConfig config, Terminal terminal) {
    this.vertx = vertx;
    this.config = config;
    this.terminal = terminal;
    this.netClient =
        vertx.createNetClient(
            new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout(5_000));
  }

  /** A connection, as soon as there is one; fails if the host has no address. */
  Future<NetSocket> connect() {
    Promise<NetSocket> connected = Promise.promise();
    attempt(connected);
    return connected.future();
  }

  /** The last connection was of no use: tries again, after a while. */
  Future<NetSocket> connectAgain(String reason) {
    Promise<NetSocket> connected = Promise.promise();
    attemptLater(connected, reason);
    return connected.future();
  }

  private void attempt(Promise<NetSocket> connected) {
    netClient
        .connect(config.port(), config.host())
        .onSuccess(connected::complete)
        .onFailure(
            failure -> {
              if (failure instanceof UnknownHostException) {
                connected.fail("the host " + config.host() + " has no address: check -h, --host");
              } else {
                attemptLater(connected, failure.getMessage());
              }
            });
  }

  private void attemptLater(Promise<NetSocket> connected, String reason) {
    if (!said && System.nanoTime() - since > PATIENCE_NANOS - delay * 1_000_000) {
      said = true;
      terminal.say(
          "Waiting for a server at %s (%s). ^C to give up."
              .formatted(config.address(), reason.split("[:\\n]")[0]));
    }
    vertx.setTimer(delay, timer -> attempt(connected));
    delay = Math.min(delay * 2, LONGEST_DELAY_MILLIS);
  }
}
