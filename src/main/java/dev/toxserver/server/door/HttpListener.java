package dev.toxserver.server.door;

import dev.toxserver.config.PageConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Reply;
import dev.toxserver.server.door.page.Hosts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.HashSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A port for browsers: the page, its files, and the WebSocket by which it is a client like others.
 * Belongs to the server's context.
 */
public final class HttpListener implements Listener {
  /** The longest first line of a request, in bytes. */
  private static final int MAX_LINE = 2 * 1024;

  /**
   * The most that its headers may have: with the cookies of all that is served on the same host.
   */
  private static final int MAX_HEADERS = 16 * 1024;

  /**
   * So long a server that leaves waits for a page to agree, in seconds: a phone may sleep, and
   * containers are killed ten seconds after they were told to stop.
   */
  private static final int CLOSING_SECONDS = 1;

  /** As often as our own clients ping, and so that one may be lost. */
  private static final long PING_MILLIS = 10_000;

  private final Vertx vertx;
  private final Gate gate;
  private final long pingMillis;
  private final ServerConfig.Listen listen;
  private final ServerConfig.Limits limits;
  private final PageConfig page;
  private final Consumer<String> onAddress;
  private final OneTimeToken once = new OneTimeToken(this::tellAddress);
  private final HttpServer server;

  /**
   * One that does not listen yet.
   *
   * @param config of a server that serves a page
   * @param health whether the server takes runs
   * @param onAddress is told where the page is: when the server listens, and again whenever the
   *     one-time token in the last address was used
   */
  public HttpListener(
      Vertx vertx,
      Gate gate,
      ServerConfig config,
      Supplier<Health> health,
      Consumer<String> onAddress) {
    this.vertx = vertx;
    this.gate = gate;
    this.pingMillis = Math.min(PING_MILLIS, config.patience().silenceMillis() / 3);
    this.listen = config.listen();
    this.limits = config.limits();
    this.page = listen.page().orElseThrow();
    this.onAddress = onAddress;
    Visits visits = new Visits(vertx, limits);
    Hosts hosts = new Hosts(new HashSet<>(page.hosts()));
    server = vertx.createHttpServer(options());
    server.connectionHandler(visits::begin);
    server.requestHandler(new PageRequests(vertx, hosts, visits, health, this::open));
    listen.tls().ifPresent(tls -> server.exceptionHandler(ServerTls::refused));
    gate.admit(once);
  }

  /** Listens where the server does; fails with one line for the user. */
  @Override
  public Future<Void> listen() {
    return server
        .listen(page.port(), listen.bindHost())
        .recover(
            failure ->
                Future.failedFuture(
                    new IOException(
                        "--http " + page.port() + ": " + failure.getMessage(), failure)))
        .onSuccess(bound -> tellAddress())
        .mapEmpty();
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> reloadTls() {
    return vertx
        .executeBlocking(() -> ServerTls.options(listen.tls().orElseThrow(), limits))
        .compose(options -> server.updateSSLOptions(options, true));
  }

  @Override
  public Future<Void> close() {
    return server.close();
  }

  private HttpServerOptions options() {
    HttpServerOptions options = KeepAlive.set(new HttpServerOptions());
    listen.tls().ifPresent(tls -> ServerTls.configure(options, tls, limits));
    return options
        .setUseAlpn(false)
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(MAX_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(FrameGuard.MAX_FRAME_BYTES)
        .setMaxWebSocketMessageSize(FrameGuard.MAX_FRAME_BYTES);
  }

  private void open(ServerWebSocket socket) {
    gate.open(new WebSocketWire(socket))
        .ifPresent(connection -> WebSocketPeer.listen(vertx, gate, connection, socket, pingMillis));
  }

  private void tellAddress() {
    String secret = gate.wantsToken() ? "#token=" + once.current().secret() : "";
    Reply.Page there = new Reply.Page(port(), listen.tls().isPresent());
    onAddress.accept(there.at(host()) + secret);
  }

  /** One by which a browser on this machine gets there, whatever the user has said of others. */
  private String host() {
    String host = listen.bindHost();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return page.hosts().get(0);
    }
    return host;
  }
}
