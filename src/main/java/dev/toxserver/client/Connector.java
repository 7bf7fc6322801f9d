package dev.toxserver.client;

import dev.toxserver.config.ClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Connects to the server, again and again until it is there: in a compose start-up the client may
 * be first. Only what won't change by itself is an error at once: a host that has no address, a
 * socket that is another user's, and a certificate or the like that does not fit.
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
  private int lostWithoutAWord;

  Connector(Vertx vertx, ClientConfig config, Terminal terminal) {
    this.vertx = vertx;
    this.config = config;
    this.terminal = terminal;
    NetClientOptions options =
        new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout(5_000);
    config.tls().ifPresent(tls -> ClientTls.configure(options, tls));
    this.netClient = vertx.createNetClient(options);
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
    boolean mayBeTls = config.tls().isEmpty() && config.socket().isEmpty();
    if (!mayBeTls || lostWithoutAWord++ == 0) {
      attemptUnlessHopeless(connected, reason);
    } else {
      TlsProbe.ask(vertx, netClient, config.port(), config.host())
          .onSuccess(
              wantsTls -> {
                if (wantsTls) {
                  connected.fail(
                      config.address()
                          + " speaks TLS only: name the authority of its certificate with --tls-ca");
                } else {
                  attemptLater(connected, reason.getMessage());
                }
              });
    }
    return connected.future();
  }

  private void attempt(Promise<NetSocket> connected) {
    netClient
        .connect(server())
        .onSuccess(connected::complete)
        .onFailure(failure -> attemptUnlessHopeless(connected, failure));
  }

  private void attemptUnlessHopeless(Promise<NetSocket> connected, Throwable failure) {
    Optional<String> hopeless = hopeless(failure);
    hopeless.ifPresent(connected::fail);
    if (hopeless.isEmpty()) {
      attemptLater(connected, failure.getMessage());
    }
  }

  private SocketAddress server() {
    return config
        .socket()
        .map(path -> SocketAddress.domainSocketAddress(path.toString()))
        .orElseGet(() -> SocketAddress.inetSocketAddress(config.port(), config.host()));
  }

  private Optional<String> hopeless(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return Optional.of("the host " + config.host() + " has no address: check -h, --host");
    }
    Optional<String> cure = config.tls().flatMap(tls -> ClientTls.cure(failure, config));
    return cure.isPresent() ? cure : forbiddenSocket();
  }

  private Optional<String> forbiddenSocket() {
    return config
        .socket()
        .filter(Connector::isForbidden)
        .map(path -> "this user may not use the socket " + path + ": only its server's user may");
  }

  /** Asked of the file: the failure has only a text, in the language of the system. */
  private static boolean isForbidden(Path socket) {
    return !Files.notExists(socket) && !Files.isWritable(socket);
  }

  private void attemptLater(Promise<NetSocket> connected, String reason) {
    if (!said && System.nanoTime() - since > PATIENCE_NANOS - delay * 1_000_000) {
      said = true;
      terminal.say(
          "Waiting for a server at %s (%s). ^C to give up."
              .formatted(config.address(), String.valueOf(reason).split("[:\\n]")[0]));
    }
    vertx.setTimer(delay, timer -> attempt(connected));
    delay = Math.min(delay * 2, LONGEST_DELAY_MILLIS);
  }
}
