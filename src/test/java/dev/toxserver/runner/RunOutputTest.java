package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class RunOutputTest {
  /** A window so small that one piece fills it. */
  private static final int WINDOW = 600;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private RunOutput output;
  private Process process;

  @BeforeEach
  void output() throws Exception {
    output =
        on(
            () ->
                new RunOutput(
                    vertx,
                    new RunId("a"),
                    WINDOW,
                    piece -> {
                      published.add(new String(piece.data()));
                      return published.size();
                    }));
  }

  @AfterEach
  void end() throws Exception {
    process.destroyForcibly().waitFor();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void whatIsPrintedBeforeTheRunBeginsIsPublishedWhenItDoes() throws Exception {
    start("printf a; printf b >&2");
    assertThat(process.waitFor()).isZero();
    await().during(Duration.ofMillis(50)).until(published::isEmpty);
    begin();
    await().until(() -> published.size() == 1);
    acknowledge(1);
    ended(on(output::ended));
    assertThat(published).containsExactlyInAnyOrder("a", "b");
    assertThat(output.wasCutOff()).isFalse();
  }

  @Test
  void whatIsPublishedIsUnderWayUntilItIsAcknowledgedAndMoreIsReadThen() throws Exception {
    start("printf a; while [ ! -e %1$s/a ]; do sleep 0.02; done; printf b; printf c >&2");
    assertThat(on(output::isUnderWay)).isFalse();
    begin();
    await().until(() -> published.equals(List.of("a")));
    assertThat(on(output::isUnderWay)).isTrue();
    Files.createFile(folder.resolve("a"));
    assertThat(process.waitFor()).isZero();
    acknowledge(0);
    assertThat(on(output::isUnderWay)).as("another was acknowledged").isTrue();
    assertThat(published).containsExactly("a");
    acknowledge(1);
    await().until(() -> published.size() == 2);
    acknowledge(2);
    await().until(() -> published.size() == 3);
    assertThat(published).containsExactlyInAnyOrder("a", "b", "c");
    acknowledge(3);
    assertThat(on(output::isUnderWay)).isFalse();
    ended(on(output::ended));
  }

  @Test
  void allIsAcknowledgedUpToTheLastThatIsNamed() throws Exception {
    start("printf a; printf b >&2");
    begin();
    assertThat(process.waitFor()).isZero();
    ended(on(output::finish));
    assertThat(published).hasSize(2);
    acknowledge(2);
    assertThat(on(output::isUnderWay)).isFalse();
  }

  @Test
  void itEndsOnlyWhenBothStreamsHaveEnded() throws Exception {
    start("exec 2>&-; while [ ! -e %1$s/a ]; do sleep 0.02; done; printf a");
    begin();
    await().until(() -> !threads().contains("run-a-stderr"));
    assertThat(on(output::ended).isComplete()).isFalse();
    Files.createFile(folder.resolve("a"));
    ended(on(output::ended));
    assertThat(published).containsExactly("a");
  }

  @Test
  void whatIsHeldOpenIsCutOffAtTheEndAndThatIsKnown() throws Exception {
    start("printf a; exec sleep 600");
    begin();
    await().until(() -> published.size() == 1);
    ended(on(output::finish));
    assertThat(process.isAlive()).isTrue();
    assertThat(output.wasCutOff()).isTrue();
  }

  private void start(String script) throws Exception {
    process = new ProcessBuilder("sh", "-c", "read -r go; " + script.formatted(folder)).start();
    output.read(RunStreams.open(process, false, Optional.empty()).outputs());
    process.getOutputStream().close();
  }

  private void begin() throws Exception {
    on(
        () -> {
          output.begin();
          return null;
        });
  }

  private void acknowledge(long seq) throws Exception {
    on(
        () -> {
          output.acknowledge(seq);
          return null;
        });
  }

  private static void ended(Future<Void> ended) throws Exception {
    ended.await(10, TimeUnit.SECONDS);
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private <T> T on(Supplier<T> step) throws Exception {
    return CompletableFuture.supplyAsync(step, task -> context.runOnContext(v -> task.run()))
        .get(10, TimeUnit.SECONDS);
  }
}
