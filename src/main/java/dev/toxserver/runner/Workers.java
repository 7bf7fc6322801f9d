package dev.toxserver.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the runner blocks. All threads are there from the server's start, and some descriptors too:
 * a run may use up what the machine or the container allows, and must be ended all the same. Vert.x
 * starts its own workers only when they are first needed.
 *
 * <p>Thread-safe. Futures complete on the context of the caller.
 */
final class Workers {
  private static final int THREADS = 4;

  private final Vertx vertx;
  private final ThreadPoolExecutor executor;
  private final SpareDescriptors spare = new SpareDescriptors();

  Workers(Vertx vertx) {
    this.vertx = vertx;
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "runner-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.prestartAllCoreThreads();
  }

  /**
   * Does some work, as soon as a thread is free. Whoever waits for it is told in the order in which
   * they asked, which a future that a thread completes itself does not keep.
   */
  <T> Future<T> run(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Throwable e) {
            // An error, too: else the thread ends, and the caller waits for ever.
            done.completeExceptionally(e);
          }
        });
    return Future.fromCompletionStage(done, vertx.getOrCreateContext()).map(answer -> answer);
  }

  /** The same, but work that fails for want of a descriptor is done again, with the spare ones. */
  <T> Future<T> insist(Callable<T> work) {
    return run(
        () -> {
          try {
            return work.call();
          } catch (IOException | UncheckedIOException e) {
            return spare.lend(work);
          }
        });
  }

  /**
   * Starts so many threads at once and ends them, to see that the system allows as many.
   *
   * @throws OutOfMemoryError if it does not: what Java throws when it is refused a thread
   */
  static void seeThatThreadsCanBeHad(int count) throws InterruptedException {
    CompletableFuture<Void> all = new CompletableFuture<>();
    List<Thread> threads = new ArrayList<>();
    try {
      for (int n = 0; n < count; n++) {
        Thread thread = new Thread(all::join);
        thread.start();
        threads.add(thread);
      }
    } finally {
      all.complete(null);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Ends the threads, when what was begun is done. */
  void close() {
    executor.shutdown();
    spare.close();
  }
}
