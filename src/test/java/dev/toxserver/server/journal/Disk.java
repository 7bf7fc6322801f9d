package dev.toxserver.server.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A disk that is as slow as a test wants, and the context of what uses it. */
final class Disk {
  private final Context context;
  private final WorkerExecutor executor;

  Disk(Vertx vertx) {
    this(vertx, "disk-" + System.nanoTime());
  }

  /** The one of this name, if there is one. */
  Disk(Vertx vertx, String name) {
    context = vertx.getOrCreateContext();
    executor = vertx.createSharedWorkerExecutor(name, 1);
  }

  WorkerExecutor executor() {
    return executor;
  }

  /** Nothing is written or read until it is counted down. */
  CountDownLatch hold() {
    CountDownLatch held = new CountDownLatch(1);
    executor.executeBlocking(() -> held.await(30, TimeUnit.SECONDS), false);
    return held;
  }

  /** Waits until all is done that was asked of it, and all that follows from that. */
  void settle() throws Exception {
    for (int round = 0; round < 4; round++) {
      await(executor.executeBlocking(() -> null, false));
      on(() -> null);
    }
  }

  /** Does something on the context. */
  <T> T on(Callable<T> action) throws Exception {
    return later(() -> Future.succeededFuture(action.call()));
  }

  /** Does something on the context that takes its time. */
  <T> T later(Callable<Future<T>> action) throws Exception {
    Promise<T> result = Promise.promise();
    context.runOnContext(
        here -> {
          try {
            action.call().onComplete(result);
          } catch (Exception e) {
            result.fail(e);
          }
        });
    return await(result.future());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
