package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something that cannot be found holds a run's output open and writes without end: the test itself,
 * which opens the program's pipe and is none of its children.
 */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class HeldOutputTest {
  private static final RunId ID = new RunId("a");
  private static final int WINDOW = 65_536;
  private static final int PIPE = 65_536;
  private static final RunEvent MARK = new RunEvent.Queued(99, 99, Optional.empty());

  @TempDir Path folder;
  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<IOException> writing = new CompletableFuture<>();
  private Vertx vertx;
  private Path go;
  private boolean acknowledging;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    go = folder.resolve("go");
    vertx.eventBus().<JsonObject>consumer(Addresses.output(ID), message -> event(message.body()));
    RunnerConfig config =
        new RunnerConfig(
            "sh", System.getenv(), false, 500, 500, WINDOW, AllowedVariables.ALL, false);
    vertx
        .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, config))
        .await(30, TimeUnit.SECONDS);
  }

  @Test
  void theRunEndsAndNoMoreIsReadThanTheWindowAndThePipeHold() throws Exception {
    start();
    Files.createFile(go);
    assertThat(bytesUntilExit()).isBetween(1L, WINDOW + 3L * PIPE);
    nothingIsReadAnyMore();
  }

  @Test
  void theRunEndsEvenIfAllThatIsWrittenIsTaken() throws Exception {
    acknowledging = true;
    start();
    await().atMost(Duration.ofSeconds(30)).until(() -> events.size() > 10);
    Files.createFile(go);
    bytesUntilExit();
    nothingIsReadAnyMore();
  }

  @Test
  void theNextRunOfTheSameIdBeginsWithItsStart() throws Exception {
    start();
    Files.createFile(go);
    bytesUntilExit();
    start("echo next");
    assertThat(next()).isInstanceOf(RunEvent.Started.class);
    assertThat(next()).isEqualTo(new RunEvent.Output(1, Stream.STDOUT, "next\n".getBytes()));
    assertThat(next())
        .usingRecursiveComparison()
        .ignoringFields("durationMillis")
        .isEqualTo(new RunEvent.Exit(2, 0, false, Optional.empty()));
  }

  /** A program that waits for the test, whose output is held open. */
  private void start() throws Exception {
    start("while [ ! -e %s ]; do sleep 0.02; done".formatted(go));
    long pid = ((RunEvent.Started) next()).pid();
    FileOutputStream held = new FileOutputStream("/proc/" + pid + "/fd/1");
    Thread writer =
        new Thread(
            () -> {
              try (held) {
                while (true) {
                  held.write(new byte[1_000]);
                }
              } catch (IOException e) {
                writing.complete(e);
              }
            });
    writer.setDaemon(true);
    writer.start();
  }

  /** The pipe is closed, no thread reads it, and nothing followed the exit. */
  private void nothingIsReadAnyMore() throws Exception {
    assertThat(writing.get(30, TimeUnit.SECONDS)).hasMessageContaining("Broken pipe");
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .doesNotContain("run-a-stdout", "run-a-stderr");
    vertx.eventBus().publish(Addresses.output(ID), RunEventJson.encode(MARK));
    assertThat(next()).isEqualTo(MARK);
  }

  private long bytesUntilExit() throws InterruptedException {
    long bytes = 0;
    for (RunEvent event = next(); !(event instanceof RunEvent.Exit); event = next()) {
      bytes += event instanceof RunEvent.Output output ? output.data().length : 0;
    }
    return bytes;
  }

  private void event(JsonObject body) {
    RunEvent event = RunEventJson.decode(body).orElseThrow();
    events.add(event);
    if (acknowledging && event instanceof RunEvent.Sequenced sequenced) {
      send(
          RunnerAddresses.LOCAL.acknowledge(),
          RunnerOrderJson.encode(new RunnerOrder.Acknowledge(ID, sequenced.seq())));
    }
  }

  private void start(String script) {
    Request.Run run = new Request.Run(ID, List.of("-c", script), Optional.empty());
    send(RunnerAddresses.LOCAL.start(), RunnerOrderJson.encode(new RunnerOrder.Start(run, 0)));
  }

  private void send(String address, JsonObject order) {
    vertx.eventBus().send(address, order);
  }

  private RunEvent next() throws InterruptedException {
    RunEvent event = events.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }
}
