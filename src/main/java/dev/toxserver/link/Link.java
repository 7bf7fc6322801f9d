package dev.toxserver.link;

import dev.toxserver.protocol.OutputFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A connection to a server, as the client sees it: it is made as soon as one is there, and its user
 * decides what follows when it was lost. All calls, and those of its {@link Listener}, are on one
 * Vert.x context.
 */
public interface Link {
  /** Makes the first connection. To be called once. */
  void start(Listener listener);

  /**
   * After {@link Listener#lost}, when no frame has come over any connection yet: goes on making the
   * first one, for as long as it takes.
   */
  void connect();

  /**
   * After {@link Listener#lost}: makes the connection again, and gives up if no frame has come over
   * one within {@code ClientConfig.reconnectMillis}.
   */
  void reconnect();

  /** Ends the connection, as if it were lost, in favour of another server: that is tried first. */
  void moveOn();

  /** Where there are several servers, the address of the one that was reached last, if any was. */
  Optional<String> oneOfSeveral();

  /** Sends a frame; does nothing while there is no connection. */
  void send(JsonObject frame);

  /** Sends a frame that is encoded, with its length; not as the first of a connection. */
  void send(Buffer frame);

  /** Reads nothing more until {@link #resume}, or until there is another connection. */
  void pause();

  /** Reads again. */
  void resume();

  /** Ends the connection when all that was sent is out; the listener is not called any more. */
  void close();

  /** Takes what comes over the connection and what becomes of it. */
  interface Listener {
    /** There is a connection, over which nothing was sent yet. */
    void connected();

    /** An event of a run's output came. */
    void output(OutputFrame frame);

    /** Any other frame came. */
    void frame(JsonObject frame);

    /** The connection was lost. There is no other unless the listener asks for one. */
    void lost(String reason);

    /** The first connection takes a while. Said once; the attempts go on. */
    void waiting(String reason);

    /** A lost connection has been away for a while. Said once for each absence. */
    void away(String reason);

    /** The server is heard again after {@link #away}. */
    void back();

    /** The server was not heard again in time after {@link #reconnect}. */
    void givenUp(String reason);

    /** There can't be a connection: why, and what to do about it, in one line. */
    void unreachable(String why);

    /** Nothing was heard for longer than {@code ClientConfig.timeout}. */
    void timedOut();
  }
}
