package dev.toxserver.server.door;

import dev.toxserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * The connections to the page's port that are no WebSockets. Each has to bring a request soon, and
 * the next when it has taken the answer: who asks before that is cut off, so that nobody can leave
 * answers unread. Where there are too many, the one goes that has done nothing for the longest: a
 * browser needs milliseconds, and so gets its files however many others never let go.
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
   * It asks for something, and has as long to take the answer as a client has for a frame.
   *
   * @return whether it may
   */
  boolean asks(HttpConnection connection) {
    Visit visit = open.get(connection);
    if (visit == null) {
      return false;
    }
    if (visit.asked) {
      cut(connection);
      return false;
    }
    visit.goOn(true, limits.frameMillis());
    return true;
  }

  /** It has taken the answer, and may ask for more. */
  void taken(HttpConnection connection) {
    Visit visit = open.get(connection);
    if (visit != null) {
      visit.goOn(false, limits.deadlineMillis());
    }
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

    /** Behind all others, since it has done something. */
    void goOn(boolean asks, long millis) {
      asked = asks;
      vertx.cancelTimer(timer);
      timer = timerOf(millis);
      places.hold(this, 0);
      places.hold(this, 1);
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
