package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkersTest {
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final Vertx vertx = Vertx.vertx();
  private final Workers workers = new Workers(vertx);
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    workers.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void allThreadsAreThereFromTheStartAndGoneAfterTheEnd() {
    assertThat(threads()).isEqualTo(4);
    workers.close();
    await().until(() -> threads() == 0);
  }

  @Test
  void workIsDoneOnAThreadOfItsOwnAndToldOnTheCallersContext() throws Exception {
    CompletableFuture<Boolean> onOwnContext = new CompletableFuture<>();
    vertx.runOnContext(
        v -> {
          var context = Vertx.currentContext();
          workers
              .run(() -> Thread.currentThread().getName())
              .onSuccess(
                  name ->
                      onOwnContext.complete(
                          name.startsWith("runner-") && Vertx.currentContext() == context));
        });
    assertThat(onOwnContext.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoeverWaitsIsToldInTurnThoughTheWorkIsDoneBetweenTwoOfThem() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Promise<Void> both = Promise.promise();
    vertx.runOnContext(
        here -> {
          CompletableFuture<Thread> worker = new CompletableFuture<>();
          CompletableFuture<Void> asked = new CompletableFuture<>();
          Future<Void> work =
              workers.run(
                  () -> {
                    worker.complete(Thread.currentThread());
                    return asked.join();
                  });
          work.onSuccess(done -> told.add("first"));
          asked.complete(null);
          // Then the thread waits for its next work, in a queue.
          await().until(() -> worker.join().getStackTrace(), WorkersTest::isIdle);
          work.onSuccess(done -> told.add("second")).onComplete(both);
        });
    both.future().await(10, TimeUnit.SECONDS);
    assertThat(told).containsExactly("first", "second");
  }

  private static boolean isIdle(StackTraceElement[] stack) {
    return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("getTask"));
  }

  @Test
  void anErrorIsToldAndCostsNoThread() {
    for (int n = 0; n < 10; n++) {
      Future<Object> failing =
          workers.run(
              () -> {
                throw new OutOfMemoryError("unable to create native thread");
              });
      assertThatThrownBy(() -> result(failing)).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void workThatSucceedsAtOnceIsDoneOnce() throws Exception {
    assertThat(result(workers.insist(tries::incrementAndGet))).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theDescriptorsThatAreKeptForItAreGivenUpInTheEnd() throws IOException {
    long open = descriptors();
    workers.close();
    assertThat(descriptors()).isLessThan(open);
  }

  @Test
  void workThatFailsForWantOfADescriptorIsDoneOnceMore() throws Exception {
    assertThat(result(workers.insist(() -> failingOnce(new IOException("too many open files")))))
        .isEqualTo("done");
    tries.set(0);
    UncheckedIOException unchecked = new UncheckedIOException(new IOException("too many"));
    assertThat(result(workers.insist(() -> failingOnce(unchecked)))).isEqualTo("done");
  }

  @Test
  void workThatFailsForAnotherReasonIsNotRepeated() {
    assertThatThrownBy(
            () -> result(workers.insist(() -> failingOnce(new IllegalStateException("odd")))))
        .hasMessage("odd");
    assertThat(tries).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void threadsThatCanBeHadAreTriedAllAtOnceAndNoneIsLeft(int count) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getTotalStartedThreadCount();
    Workers.seeThatThreadsCanBeHad(count);
    assertThat(threads.getTotalStartedThreadCount()).isGreaterThanOrEqualTo(before + count);
  }

  private String failingOnce(Exception failure) throws Exception {
    if (tries.incrementAndGet() == 1) {
      throw failure;
    }
    return "done";
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  /** How many of this process's are of the file that is good for nothing. */
  private static long descriptors() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(each -> "/dev/null".equals(target(each))).count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                !before.contains(thread)
                    && thread.isDaemon()
                    && thread.getName().matches("runner-[1-4]"))
        .count();
  }
}
