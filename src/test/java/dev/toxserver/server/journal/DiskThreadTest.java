package dev.toxserver.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiskThreadTest {
  private Vertx vertx;
  private WorkerExecutor executor;
  private DiskThread disk;

  @BeforeEach
  void make() {
    vertx = Vertx.vertx();
    executor = vertx.createSharedWorkerExecutor("disk", 1);
    disk = new DiskThread(executor);
  }

  @Test
  void whatComesAfterItsCloseFailsAndWhatCameBeforeIsDone() throws Exception {
    Future<String> before = disk.run(() -> "done");
    disk.close(() -> null);
    assertThat(disk.run(() -> "late").cause()).isInstanceOf(IOException.class);
    assertThat(before.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .isEqualTo("done");
    vertx.close();
  }

  @Test
  void whoeverWaitsForAnAnswerIsToldInTurnThoughItComesBetweenTwoOfThem() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Promise<Void> both = Promise.promise();
    vertx.runOnContext(
        here -> {
          CountDownLatch asked = new CountDownLatch(1);
          CountDownLatch answered = new CountDownLatch(1);
          Future<Boolean> answer = disk.run(() -> asked.await(30, TimeUnit.SECONDS));
          disk.run(
              () -> {
                answered.countDown();
                return null;
              });
          answer.onSuccess(done -> told.add("first"));
          asked.countDown();
          await(answered);
          answer.onSuccess(done -> told.add("second")).<Void>mapEmpty().onComplete(both);
        });
    both.future().await(30, TimeUnit.SECONDS);
    assertThat(told).containsExactly("first", "second");
    vertx.close();
  }

  @Test
  void whatComesWhileItsVertxClosesFailsAndIsNotThrownAtWhoAsks() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    disk.run(() -> busy.await(30, TimeUnit.SECONDS));
    Future<Void> closed = vertx.close();
    Future<String> late;
    do {
      late = disk.run(() -> "late");
    } while (!late.failed());
    assertThat(late.cause()).isInstanceOf(RejectedExecutionException.class);
    busy.countDown();
    closed.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void whatComesWhenItsThreadIsGoneFailsAndIsNotThrownAtWhoAsks() {
    executor.close();
    assertThat(disk.run(() -> "late").cause()).isInstanceOf(IllegalStateException.class);
    vertx.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
