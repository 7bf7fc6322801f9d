package dev.toxserver.link;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tries once to connect to a server, and tells which failures won't change by themselves. Where
 * there are several, they are tried in rounds: each round begins with the one that was heard last.
 */
final class Dialer {
  private static final Logger LOG = Logger.getLogger(Dialer.class.getName());

  private final Vertx vertx;
  private final ClientConfig config;

  /** A socket is one server. */
  private final int count;

  /** A field, since Vert.x closes a client that nothing refers to, and its connections with it. */
  private final NetClient netClient;

  private int first;
  private int current;

  /** Reads the files for TLS, if there are any. */
  Dialer(Vertx vertx, ClientConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.count = Math.max(1, config.servers().size());
    NetClientOptions options =
        new NetClientOptions().setTcpKeepAlive(true).setConnectTimeout(5_000);
    config.tls().ifPresent(tls -> ClientTls.configure(options, tls));
    this.netClient = vertx.createNetClient(options);
  }

  /** How many servers there are. */
  int count() {
    return count;
  }

  /** The port of the server whose turn it is; 0 for a socket. */
  int port() {
    return config.socket().isPresent() ? 0 : server().port();
  }

  /** The address of the server whose turn it is, for messages. */
  String address() {
    return config.socket().isPresent() ? config.address() : server().toString();
  }

  private HostPort server() {
    return config.servers().get(current);
  }

  /**
   * It is the next one's turn.
   *
   * @return whether it is one that was not tried in this round; else another round begins
   */
  boolean turn() {
    current = (current + 1) % count;
    return current != first;
  }

  /** The server whose turn it is was heard: another round begins with it. */
  void heard() {
    first = current;
  }

  /** Tries to connect, for 5 s at most, and as long again for TLS. */
  Future<NetSocket> dial() {
    SocketAddress address =
        config
            .socket()
            .map(path -> SocketAddress.domainSocketAddress(path.toString()))
            .orElseGet(() -> SocketAddress.inetSocketAddress(server().port(), server().host()));
    LOG.log(Level.FINE, "Connecting to {0}", address());
    Future<NetSocket> connected = netClient.connect(address);
    return LOG.isLoggable(Level.FINE)
        ? connected.onSuccess(Dialer::log).onFailure(Dialer::log)
        : connected;
  }

  private static void log(NetSocket socket) {
    SocketAddress peer = socket.remoteAddress();
    LOG.log(
        Level.FINE,
        "Connected to {0}, {1}",
        new Object[] {
          peer.isInetSocket() ? peer.hostAddress() + ":" + peer.port() : peer.path(),
          socket.isSsl() ? socket.sslSession().getProtocol() : "without TLS"
        });
  }

  private static void log(Throwable failure) {
    LOG.log(Level.FINE, "Not connected: {0}", failure.getMessage());
  }

  /**
   * What is wrong and what to do about it, in one line, if a failure won't change by itself: a host
   * that has no address, a socket that is another user's, a certificate that does not fit. Empty
   * for all others.
   */
  Optional<String> hopeless(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return Optional.of("the host " + server().host() + " has no address: check -h, --host");
    }
    Optional<String> cure = config.tls().flatMap(tls -> ClientTls.cure(failure, tls, server()));
    return cure.isPresent() ? cure : forbiddenSocket();
  }

  /** Whether the server, which closed a connection without TLS at once, speaks TLS only. */
  Future<Boolean> wantsTls() {
    return config.tls().isEmpty() && config.socket().isEmpty()
        ? TlsProbe.ask(vertx, netClient, server().port(), server().host())
        : Future.succeededFuture(false);
  }

  /** The same as {@link #reasonOf}; of several servers, it names the one whose turn it is. */
  String reason(Throwable failure) {
    return (count == 1 ? "" : address() + ": ") + reasonOf(failure);
  }

  /** The first part of a failure's message, short enough to stand in brackets. */
  static String reasonOf(Throwable failure) {
    return String.valueOf(failure.getMessage()).split("[:\\n]")[0];
  }

  private Optional<String> forbiddenSocket() {
    return config
        .socket()
        .filter(Dialer::isForbidden)
        .map(path -> "this user may not use the socket " + path + ": only its server's user may");
  }

  /** The file tells; the failure has only a text, in the language of the system. */
  private static boolean isForbidden(Path socket) {
    return !Files.notExists(socket) && !Files.isWritable(socket);
  }
}
