package dev.toxserver.server.journal;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/**
 * The one thread that touches a history's files, in the order in which it is asked: so a run's
 * folder is there before its spool, and is gone after it. Belongs to the server's context, on which
 * the answers come, too.
 */
final class DiskThread {
  private final WorkerExecutor executor;
  private boolean closed;

  /** Takes over an executor of one thread. */
  DiskThread(WorkerExecutor executor) {
    this.executor = executor;
  }

  /**
   * Does something there. Once it is closed, by us or with its Vert.x, that fails, as on a disk
   * that is not there any more: runs that a server that stops has not waited for still have
   * something to say.
   */
  <T> Future<T> run(Callable<T> task) {
    try {
      return closed
          ? Future.failedFuture(new IOException("the server has stopped"))
          : onContext(executor.executeBlocking(task, false));
    } catch (RejectedExecutionException | IllegalStateException e) {
      // The one from its threads while they end, the other from the executor that has none left.
      return Future.failedFuture(e);
    }
  }

  /**
   * What the thread completes itself calls a listener that is added afterwards before one that was
   * there already: whoever went on by the second found the first not called, and a run's end was
   * never written. What follows from it completes on the context, and calls them in their order.
   */
  private static <T> Future<T> onContext(Future<T> completedElsewhere) {
    return completedElsewhere.map(answer -> answer);
  }

  /**
   * Does a last thing there, and takes on nothing more: what stood behind it would never be
   * answered.
   */
  Future<Void> close(Callable<Void> last) {
    Future<Void> done = run(last);
    closed = true;
    return done.eventually(executor::close);
  }
}
