package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Who is let in: so many connections, so many that have not shown the token yet, and each of those
 * for so long.
 */
final class Gate {
  private static final Logger LOG = Logger.getLogger(Gate.class.getName());

  private final Vertx vertx;
  private final ServerConfig.Limits limits;
  private final Optional<Token> token;
  private final Connections connections;

  Gate(Vertx vertx, ServerConfig config, Connections connections) {
    this.vertx = vertx;
    this.limits = config.limits();
    this.token = config.token();
    this.connections = connections;
  }

  /** A new connection, unless there are too many. */
  Optional<Connection> open(NetSocket socket) {
    if (connections.size() >= limits.connections()) {
      return refuse(socket, "more than %d connections".formatted(limits.connections()));
    }
    if (connections.unauthenticated() >= limits.unauthenticated()) {
      return refuse(
          socket, "more than %d connections without a token".formatted(limits.unauthenticated()));
    }
    Connection connection = connections.open(socket);
    if (token.isEmpty()) {
      connection.authenticated();
    } else {
      atDeadline(connection, () -> evictUnlessAuthenticated(connection));
    }
    return Optional.of(connection);
  }

  /** Looks for the token in the first frame of a connection; whether the connection may go on. */
  boolean lets(Connection connection, JsonObject frame) {
    if (!connection.isAuthenticated() && showsToken(frame)) {
      connection.authenticated();
    }
    return connection.isAuthenticated();
  }

  /** Shows the token that is wanted, if one is, as a client would. */
  JsonObject withToken(JsonObject frame) {
    return token.map(wanted -> Frames.withToken(frame, wanted.secret())).orElse(frame);
  }

  /**
   * Says a last word to a client. One that does not take it in time is cut off: once {@link
   * NetSocket#close} is called it can't be any more (seen with 5.2.3), so that has to wait.
   */
  void dismiss(Connection connection, Buffer lastWord) {
    connection.socket().write(lastWord).onComplete(taken -> connection.socket().close());
    atDeadline(connection, connection::evict);
  }

  /** The timer ends with the connection, or a flood of short ones would be kept that long. */
  private void atDeadline(Connection connection, Runnable action) {
    long timer = vertx.setTimer(limits.deadlineMillis(), late -> action.run());
    connection.onClosed(() -> vertx.cancelTimer(timer));
  }

  private boolean showsToken(JsonObject frame) {
    return Frames.tokenOf(frame).filter(shown -> token.orElseThrow().matches(shown)).isPresent();
  }

  private void evictUnlessAuthenticated(Connection connection) {
    if (!connection.isAuthenticated()) {
      LOG.log(Level.WARNING, "{0} is disconnected: it showed no token", connection);
      connection.evict();
    }
  }

  private static Optional<Connection> refuse(NetSocket socket, String reason) {
    LOG.log(Level.WARNING, "{0} is refused: {1}", new Object[] {Connection.peer(socket), reason});
    Connection.evict(socket);
    return Optional.empty();
  }
}
