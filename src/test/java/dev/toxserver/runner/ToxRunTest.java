package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.Stream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** One run of a shell's, on a context of its own, with nobody between it and its events. */
@Timeout(60)
class ToxRunTest {
  private static final RunId ID = new RunId("a");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Workers workers = new Workers(vertx);
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream copied = new ByteArrayOutputStream();
  private final StandardStream copy = new StandardStream("test-copy", copied);
  private Guardian guardian;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private String tox = "sh";
  private ToxRun run;

  @BeforeEach
  void aGuardian() throws Exception {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    on(run::cancel).await(10, TimeUnit.SECONDS);
    workers.close();
    guardian.dismiss();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void aRunThatCanNotBeStartedEndsWithWhatAShellWouldSayAndWhy() throws Exception {
    tox = "no-such";
    start(Optional.of(0.001));
    ended();
    assertThat(events)
        .filteredOn(event -> !(event instanceof RunEvent.Heartbeat))
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Exit.class,
            exit -> {
              assertThat(exit.seq()).isEqualTo(5);
              assertThat(exit.returncode()).isEqualTo(127);
              assertThat(exit.error().orElseThrow()).startsWith("'no-such' was not found");
              assertThat(exit.durationMillis()).isEmpty();
            });
  }

  @Test
  void whatNobodyHasThoughtOfEndsTheRun() throws Exception {
    tox = "./to\0x";
    start(Optional.empty());
    ended();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Exit.class,
            exit -> {
              assertThat(exit.returncode()).isEqualTo(RunEvent.Exit.NOT_STARTED);
              assertThat(exit.error().orElseThrow())
                  .startsWith("the server could not start the run: ")
                  .hasSizeGreaterThan(40);
            });
  }

  /** Who takes none of the output takes no heartbeats either. */
  @Test
  void noHeartbeatComesWhileOutputIsOnItsWay() throws Exception {
    start(Optional.of(0.001), "-c", "echo x; " + waitFor("go"));
    await().until(() -> has(RunEvent.Output.class));
    int before = events.size();
    acknowledge(5);
    await().during(Duration.ofMillis(50)).until(() -> events.size() == before);
    acknowledge(6);
    await().until(() -> events.size() > before);
    assertThat(events.get(before)).isEqualTo(RunEvent.Heartbeat.STARTED);
    Files.createFile(folder.resolve("go"));
    ended();
  }

  @Test
  void whatIsPublishedIsCopied() throws Exception {
    start(Optional.empty(), "-c", "printf x; printf y >&2");
    ended();
    copy.flushed().join();
    assertThat(copied.toString()).hasSize(2).contains("x", "y");
  }

  @Test
  void theProgramEndsWithTheServerHoweverThatDies() throws Exception {
    start(Optional.empty(), "-c", "echo; exec sleep 600");
    await().until(() -> has(RunEvent.Output.class));
    guardian.dismiss();
    ended();
    assertThat(exit().returncode()).isEqualTo(143);
    assertThat(exit().cancelled()).isFalse();
  }

  @Test
  void whatTheProgramLeavesBehindIsGoneWhenTheExitIsTold() throws Exception {
    start(Optional.empty(), "-c", "setsid sleep 600 >/dev/null 2>&1 & echo $!; exit 3");
    ended();
    assertThat(exit().returncode()).isEqualTo(3);
    long left =
        events.stream()
            .filter(RunEvent.Output.class::isInstance)
            .map(event -> Long.parseLong(new String(((RunEvent.Output) event).data()).strip()))
            .findFirst()
            .orElseThrow();
    assertThat(ProcessTable.read(left)).isEmpty();
  }

  @Test
  void aCancelInterruptsTheProgramAndTheExitTellsOfIt() throws Exception {
    start(
        Optional.empty(), "-c", "trap 'echo bye; exit 5' INT; echo; while :; do sleep 0.02; done");
    await().until(() -> has(RunEvent.Output.class));
    on(run::cancel).await(30, TimeUnit.SECONDS);
    assertThat(exit().returncode()).isEqualTo(5);
    assertThat(exit().cancelled()).isTrue();
  }

  /**
   * Between the server and the gate is a program that takes no SIGINT for a while, as it is when a
   * script has started the server in the background.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunThatIsCancelledBeforeItsProgramBeginsNeedsNoSignalToEnd() throws Exception {
    String path = System.getenv("PATH");
    Path slow = folder.resolve("setsid");
    Files.writeString(
        slow,
        "#!/bin/sh\ncase $1 in *sh) trap '' INT; sleep 0.3; trap - INT ;; esac\nexec %s \"$@\"\n"
            .formatted(Programs.find("setsid", path).orElseThrow()));
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", folder + ":" + path);
    start(Optional.empty(), "-c", "exec sleep 600");
    on(run::cancel).await(10, TimeUnit.SECONDS);
    assertThat(exit().returncode()).isEqualTo(130);
    assertThat(exit().cancelled()).isTrue();
  }

  private void start(Optional<Double> heartbeat, String... args) throws Exception {
    RunnerConfig config =
        new RunnerConfig(tox, environment, false, 60_000, 500, 65_536, AllowedVariables.ALL, false);
    Launcher launcher = Launcher.probe(config, guardian);
    Tee tee = new Tee(Map.of(Stream.STDOUT, copy, Stream.STDERR, copy));
    RunnerOrder.Start order =
        new RunnerOrder.Start(new Request.Run(ID, List.of(args), heartbeat), 5);
    on(
        () -> {
          run =
              new ToxRun(
                  vertx, config, launcher, workers, tee, order, (id, event) -> events.add(event));
          run.start();
          return null;
        });
  }

  private void acknowledge(long seq) throws Exception {
    on(
        () -> {
          run.acknowledge(seq);
          return null;
        });
  }

  private void ended() throws Exception {
    on(run::ended).await(30, TimeUnit.SECONDS);
  }

  private RunEvent.Exit exit() {
    return (RunEvent.Exit) events.get(events.size() - 1);
  }

  private boolean has(Class<?> kind) {
    return events.stream().anyMatch(kind::isInstance);
  }

  private String waitFor(String file) {
    return "while [ ! -e %s ]; do sleep 0.02; done".formatted(folder.resolve(file));
  }

  private <T> T on(Supplier<T> step) throws Exception {
    return CompletableFuture.supplyAsync(step, task -> context.runOnContext(v -> task.run()))
        .get(10, TimeUnit.SECONDS);
  }
}
