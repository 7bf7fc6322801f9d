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
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is found neither by mark nor by group nor by descent, and holds the run's output open. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class HiddenTest {
  private static final RunId ID = new RunId("a");

  @TempDir Path folder;
  private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    vertx
        .eventBus()
        .<JsonObject>consumer(
            Addresses.output(ID),
            message -> events.add(RunEventJson.decode(message.body()).orElseThrow()));
    RunnerConfig config =
        new RunnerConfig(
            "sh", System.getenv(), false, 500, 500, 65_536, AllowedVariables.ALL, false);
    vertx
        .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, config))
        .await(30, TimeUnit.SECONDS);
  }

  @Test
  void whoTookItsMarkOffIsEndedByTheOutputThatItHolds() throws Exception {
    start(
        """
        hide='ulimit -S -x unlimited 2>/dev/null || ulimit -S -w unlimited
          echo $$ >%1$s/pid; exec sleep 600'
        (setsid sh -c "$hide" &)
        while [ ! -s %1$s/pid ]; do sleep 0.02; done
        """
            .formatted(folder));

    awaitExit();

    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    await().until(() -> ProcessTable.read(pid).isEmpty());
  }

  @Test
  void whoIsNotTheRunsIsSparedAndTold() throws Exception {
    Process older =
        new ProcessBuilder(
                "sh",
                "-c",
                "(: >\"$0/waits\"; while [ ! -s \"$0/pid\" ]; do sleep 0.02; done;"
                    + " exec 3>/proc/$(cat \"$0/pid\")/fd/1; : >\"$0/held\";"
                    + " while [ ! -e \"$0/over\" ]; do sleep 0.02; done) & wait",
                folder.toString())
            .start();
    await().until(() -> Files.exists(folder.resolve("waits")));
    long then = startTimeOfANewProcess();
    await().until(() -> startTimeOfANewProcess() > then);
    start(
        "echo $$ >%1$s/new; mv %1$s/new %1$s/pid; while [ ! -e %1$s/held ]; do sleep 0.02; done"
            .formatted(folder));

    List<RunEvent> seen = awaitExit();

    assertThat(seen)
        .filteredOn(RunEvent.Notice.class::isInstance)
        .singleElement()
        .asString()
        .contains("holds this run's output open");
    assertThat(older.isAlive()).isTrue();
    Files.createFile(folder.resolve("over"));
    assertThat(older.waitFor()).isZero();
  }

  private static long startTimeOfANewProcess() throws IOException {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      return ProcessTable.read(process.pid()).orElseThrow().startTime();
    } finally {
      process.destroyForcibly();
    }
  }

  private void start(String script) {
    Request.Run run = new Request.Run(ID, List.of("-c", script), Optional.empty());
    vertx
        .eventBus()
        .send(RunnerAddresses.LOCAL.start(), RunnerOrderJson.encode(new RunnerOrder.Start(run, 0)));
  }

  private List<RunEvent> awaitExit() {
    await().until(() -> events.stream().anyMatch(RunEvent.Exit.class::isInstance));
    return List.copyOf(events);
  }
}
