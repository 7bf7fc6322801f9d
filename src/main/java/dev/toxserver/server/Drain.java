package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How the server comes to its end: it finishes what it has accepted, and accepts nothing new.
 * Belongs to the server's context.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class.getName());

  private final Vertx vertx;
  private final RunQueue queue;
  private final BooleanSupplier isAllRead;
  private final Runnable onBegin;
  private final Runnable cancelAll;
  private final Promise<Void> done = Promise.promise();
  private boolean begun;
  private int signals;

  /**
   * Not begun yet.
   *
   * @param isAllRead whether nobody still reads a run, or is expected back for one
   * @param onBegin is called once, when it begins
   * @param cancelAll asks all runs to end
   */
  Drain(
      Vertx vertx,
      RunQueue queue,
      BooleanSupplier isAllRead,
      Runnable onBegin,
      Runnable cancelAll) {
    this.vertx = vertx;
    this.queue = queue;
    this.isAllRead = isAllRead;
    this.onBegin = onBegin;
    this.cancelAll = cancelAll;
  }

  /** Whether nothing new is accepted. */
  boolean hasBegun() {
    return begun;
  }

  /** Completes when nothing is left to finish. */
  Future<Void> done() {
    return done.future();
  }

  /** Begins, unless it has. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    if (queue.isEmpty() && !isDone()) {
      LOG.log(LogLevel.NOTICE, "Draining: some clients have not read all of their runs");
    } else {
      LOG.log(
          isDone() ? Level.INFO : LogLevel.NOTICE,
          "Draining: {0} running, {1} queued",
          new Object[] {queue.running(), queue.waiting()});
    }
    onBegin.run();
    check();
  }

  /** The first signal begins; each later one also cancels what is left. */
  void signalled() {
    begin();
    if (queue.isEmpty()) {
      return;
    }
    if (signals++ == 0) {
      LOG.log(LogLevel.NOTICE, "^C again to cancel them");
    } else {
      LOG.log(LogLevel.NOTICE, "Cancelling {0}", queue.all().size());
      cancelAll.run();
    }
  }

  /**
   * Looks whether anything is left to finish; to be called whenever something was finished. What is
   * on its way to the sockets, the answer to a quit among it, leaves before {@link #done}.
   */
  void check() {
    if (begun && isDone()) {
      vertx.runOnContext(behind -> done.tryComplete());
    }
  }

  private boolean isDone() {
    return queue.isEmpty() && isAllRead.getAsBoolean();
  }
}
