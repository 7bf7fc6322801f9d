package dev.toxserver.server.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A port for the original tox-server's clients, on loopback alone: they show no token, so that
 * every user of the machine may ask for runs there. Belongs to the server's context.
 */
public final class ZmtpListener implements Listener {
  private static final Logger LOG = Logger.getLogger(ZmtpListener.class.getName());

  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final Gate gate;
  private final int wanted;
  private final NetServer server;

  /**
   * One that does not listen yet.
   *
   * @param port 0 for any that is free
   */
  public ZmtpListener(Vertx vertx, Gate gate, int port) {
    this.vertx = vertx;
    this.gate = gate;
    wanted = port;
    server = vertx.createNetServer().connectHandler(this::open);
  }

  /** Listens, and warns of what that means; fails with one line for the user. */
  @Override
  public Future<Void> listen() {
    return server
        .listen(wanted, HOST)
        .onSuccess(
            bound ->
                LOG.log(
                    Level.WARNING,
                    "Serving the original''s clients at tcp://{0}:{1}: they show no token, so every"
                        + " user of this machine can run commands here",
                    new Object[] {HOST, Integer.toString(server.actualPort())}))
        .recover(
            failure ->
                Future.failedFuture(
                    new IOException("--zmtp " + wanted + ": " + failure.getMessage(), failure)))
        .mapEmpty();
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<Void> close() {
    return server.close();
  }

  private void open(NetSocket socket) {
    ZmtpWire wire = new ZmtpWire(new TcpWire(socket));
    gate.open(wire)
        .map(connection -> new ZmtpPeer(vertx, gate, connection, wire))
        .ifPresent(peer -> socket.handler(peer::take));
  }
}
