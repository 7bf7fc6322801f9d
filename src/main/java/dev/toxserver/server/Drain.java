package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How the server comes to its end: it finishes what it has accepted, and accepts nothing new.
 * Belongs to the server's context.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class.getName());

  private final Vertx vertx;
  private final Supplier<List<Run>> own;
  private final BooleanSupplier isDone;
  private final Runnable onBegin;
  private final Runnable cancelAll;
  private final Promise<Void> done = Promise.promise();
  private boolean begun;
  private int signals;

  /**
   * Not begun yet.
   *
   * @param own the runs that have not ended, and that it has to see to
   * @param isDone whether none of them is left, and nobody still reads a run or is expected back
   * @param onBegin is called once, when it begins
   * @param cancelAll asks those runs to end
   */
  Drain(
      Vertx vertx,
      Supplier<List<Run>> own,
      BooleanSupplier isDone,
      Runnable onBegin,
      Runnable cancelAll) {
    this.vertx = vertx;
    this.own = own;
    this.isDone = isDone;
    this.onBegin = onBegin;
    this.cancelAll = cancelAll;
  }

  /** Whether nothing new is accepted. */
  boolean hasBegun() {
    return begun;
  }

  /** Completes when nothing is left to finish; fails if the server has to leave before. */
  Future<Void> done() {
    return done.future();
  }

  /** Begins, unless it has. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    List<Run> left = own.get();
    long waiting = left.stream().filter(Run::isWaiting).count();
    if (left.isEmpty() && !isDone.getAsBoolean()) {
      LOG.log(LogLevel.NOTICE, "Draining: some clients have not read all of their runs");
    } else {
      LOG.log(
          isDone.getAsBoolean() ? Level.INFO : LogLevel.NOTICE,
          "Draining: {0} running, {1} queued",
          new Object[] {left.size() - waiting, waiting});
    }
    onBegin.run();
    check();
  }

  /** Leaves all as it is, since the server can't go on. */
  void giveUp(Throwable why) {
    done.tryFail(why);
  }

  /** The first signal begins; each later one also cancels what is left. */
  void signalled() {
    begin();
    int left = own.get().size();
    if (left == 0) {
      return;
    }
    if (signals++ == 0) {
      LOG.log(LogLevel.NOTICE, "^C again to cancel them");
    } else {
      LOG.log(LogLevel.NOTICE, "Cancelling {0}", left);
      cancelAll.run();
    }
  }

  /**
   * Looks whether anything is left to finish; to be called whenever something was finished. What is
   * on its way to the sockets, the answer to a quit among it, leaves before {@link #done}.
   */
  void check() {
    if (begun && isDone.getAsBoolean()) {
      vertx.runOnContext(behind -> done.tryComplete());
    }
  }
}
