package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import io.vertx.core.Vertx;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A reader of a run whose connection takes no more for now: it is waited for, but not for ever. */
final class SlowReader {
  private static final Logger LOG = Logger.getLogger(SlowReader.class.getName());

  private SlowReader() {}

  /**
   * Waits for a connection.
   *
   * @param millis how long; then it is cut off
   * @param then is called once, when the connection takes more or is no longer there
   */
  static void await(Vertx vertx, RunId id, Connection reader, long millis, Runnable then) {
    long timer = vertx.setTimer(millis, late -> evict(id, reader, millis));
    reader.onWritable(
        () -> {
          vertx.cancelTimer(timer);
          then.run();
        });
  }

  static void evict(RunId id, Connection reader, long millis) {
    LOG.log(
        Level.WARNING,
        "run {0}: {1} is disconnected: it took no output for {2} s",
        new Object[] {id, reader, millis / 1000.0});
    reader.evict();
  }
}
