package dev.toxserver.server.door;

import dev.toxserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections to the page's port that are no WebSockets. Each brings one request, soon, is
 * answered, and closed: none is kept for another, so that nobody can queue requests up and leave
 * the answers unread. Where there are too many, the one goes that has been there for the longest: a
 * browser is there for milliseconds, and so gets its files however many others never let go.
 *
 * <p>Belongs to the server's context.
 */
final class Visits {
  /** So many may be open, each with an answer of half a megabyte under way. */
  static final int MAX = 32;

  private final Vertx vertx;
  private final ServerConfig.Limits limits;
  private final Budget places = new Budget(MAX);
  private final Map<HttpConnection, Visit> open = new HashMap<>();

  Visits(Vertx vertx, ServerConfig.Limits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A connection that has asked for nothing yet, and has to do so in time. */
  void begin(HttpConnection connection) {
    Visit visit = new Visit(connection, limits.deadlineMillis());
    open.put(connection, visit);
    connection.closeHandler(gone -> end(connection));
    places.hold(visit, 1);
  }

  /**
   * It has asked for something, and has as long to take the answer as a client has for a frame.
   *
   * @return whether that is the first that it asks for; all else is not looked at
   */
  boolean isFirstOf(HttpConnection connection) {
    Visit visit = open.get(connection);
    if (visit == null || visit.asked) {
      return false;
    }
    visit.asked = true;
    visit.goOn(limits.frameMillis());
    return true;
  }

  /** It is closed, or has become a WebSocket. */
  void end(HttpConnection connection) {
    Visit visit = open.remove(connection);
    if (visit != null) {
      vertx.cancelTimer(visit.timer);
      places.hold(visit, 0);
    }
  }

  /**
   * At once: {@link HttpConnection#close} waits until everything is written, for ever if the peer
   * does not read.
   */
  private void cut(HttpConnection connection) {
    end(connection);
    ((VertxConnection) connection).channelHandlerContext().close();
  }

  private final class Visit implements Budget.Holder {
    private final HttpConnection connection;
    private long timer;
    private boolean asked;

    Visit(HttpConnection connection, long millis) {
      this.connection = connection;
      timer = timerOf(millis);
    }

    void goOn(long millis) {
      vertx.cancelTimer(timer);
      timer = timerOf(millis);
    }

    private long timerOf(long millis) {
      return vertx.setTimer(millis, late -> cut(connection));
    }

    @Override
    public void giveUp() {
      cut(connection);
    }
  }
}
