package dev.toxserver.server.door;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The stock TCP event-bus bridge, with the contract's addresses permitted and the guard before it.
 * Registrations end at the guard: the server itself sends runs' events.
 *
 * <p>Belongs to the server's context.
 */
public final class Bridge {
  private static final Logger LOG = Logger.getLogger(Bridge.class.getName());

  private final Vertx vertx;
  private final ServerConfig.Listen listen;
  private final ServerConfig.Limits limits;
  private final Announcement announcement;
  private final Guard guard;
  private final TcpEventBusBridge bridge;
  private Optional<SocketFile> socketFile = Optional.empty();

  /**
   * A bridge that does not listen yet.
   *
   * @throws IllegalStateException if the guard does not stand before it
   */
  public Bridge(Vertx vertx, ServerConfig config, Gate gate) {
    this.vertx = vertx;
    listen = config.listen();
    limits = config.limits();
    announcement = new Announcement(vertx, config.access().portToken(), config.landmark());
    guard = new Guard(gate);
    BridgeOptions options = new BridgeOptions();
    for (String address : Addresses.REQUESTS) {
      options.addInboundPermitted(new PermittedOptions().setAddress(address));
    }
    NetServerOptions server = KeepAlive.set(new NetServerOptions());
    listen.tls().ifPresent(tls -> ServerTls.configure(server, tls, limits));
    bridge = TcpEventBusBridge.create(guard.before(vertx), options, server);
    listen.tls().ifPresent(tls -> guard.onRefused(ServerTls::refused));
    guard.verify();
  }

  /** Listens where the configuration says; fails with one line for the user. */
  public Future<?> listen() {
    return listen.socket().<Future<?>>map(this::listenAt).orElseGet(this::listenAtPort);
  }

  /** Where it listens, which it chose itself if it was asked for port 0; -1 with a socket. */
  public int port() {
    return guard.port();
  }

  /** Reads the files for TLS again; those that connect from then on see what is new. */
  public Future<?> reloadTls() {
    return vertx
        .executeBlocking(() -> ServerTls.options(listen.tls().orElseThrow(), limits))
        .compose(guard::update);
  }

  /**
   * Listens no more. The files by which clients find it go first: a client had better find nobody
   * than be refused, and the next server at this port must not lose its own files.
   */
  public Future<Void> close() {
    try {
      if (socketFile.isPresent()) {
        socketFile.get().remove();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The socket can''t be removed: {0}", e.toString());
    }
    return announcement.withdraw(port()).eventually(bridge::close);
  }

  private Future<?> listenAtPort() {
    return announcement
        .prepare(listen.port())
        .compose(announced -> bridge.listen(listen.port(), listen.bindHost()))
        .recover(
            failure ->
                announcement
                    .withdrawToken(listen.port())
                    .compose(gone -> Future.failedFuture(failure)))
        .compose(bound -> announcement.publish(port()));
  }

  private Future<?> listenAt(Path path) {
    SocketFile file;
    try {
      file = SocketFile.prepare(path);
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    return bridge
        .listen(SocketAddress.domainSocketAddress(file.draft().toString()))
        .transform(bound -> published(file, bound))
        .compose(published -> announcement.publish(port()));
  }

  private Future<?> published(SocketFile file, AsyncResult<?> bound) {
    try (file) {
      if (bound.failed()) {
        return Future.failedFuture(bound.cause());
      }
      file.publish();
      socketFile = Optional.of(file);
      return Future.succeededFuture();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }
}
