package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.NatsCluster;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunnerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that real runners pull over a real NATS. */
@Timeout(120)
class PulledRunsIT {
  private static final Labels GPU = new Labels(List.of("gpu"));

  @TempDir Path folder;
  private final List<PullingRunner> runners = new ArrayList<>();
  private NatsCluster nats;
  private SharedHub hub;

  @BeforeEach
  void begin() throws Exception {

    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    hub = SharedHub.start(nats.config(), "hub-1");
  }

  @AfterEach
  void end() throws Exception {
    for (PullingRunner each : runners) {
      each.close();
    }
    hub.close();
    nats.close();
  }

  @Test
  void aRunIsPulledGrantedExecutedAndItsEndIsKept() throws Exception {
    runner("r1", 1, Labels.NONE);

    hub.ask(PullingRunner.run("a", Labels.NONE, "echo out; exit 3"));

    assertThat(awaitExit("a").returncode()).isEqualTo(3);
    List<LogMessage> log = hub.log("a");
    await().until(() -> !log.isEmpty() && log.get(log.size() - 1).end());
    String all = log.stream().map(each -> each.frames().toString()).reduce("", String::concat);
    assertThat(all).contains("\"runner\":\"r1\"").contains("b3V0Cg==").contains("\"returncode\":3");
  }

  @Test
  void aRunIsGrantedThoughTheHubThatWasAskedDiedBeforeItWroteThatDown() throws Exception {
    runner("r1", 1, Labels.NONE);

    hub.ask(PullingRunner.run("a", Labels.NONE, "exit 4"), false);

    assertThat(awaitExit("a").returncode()).isEqualTo(4);
    assertThat(hub.find("a").flatMap(RunFacts::asked)).isPresent();
  }

  @Test
  void aRunComesToWhoHasItsLabelsAndRoomForIt() throws Exception {
    runner("r1", 1, Labels.NONE);
    hub.ask(PullingRunner.run("waits", GPU, "exit 0"));
    hub.ask(
        PullingRunner.run(
            "a", Labels.NONE, "while [ ! -e %s ]; do sleep 0.02; done".formatted(go())));
    hub.ask(PullingRunner.run("b", Labels.NONE, "exit 0"));
    await().until(() -> hub.find("a").flatMap(RunFacts::placed).isPresent());

    runner("r2", 1, GPU);

    awaitExit("waits");
    awaitExit("b");
    assertThat(hub.find("b").flatMap(RunFacts::placed).orElseThrow().placement().runner())
        .isEqualTo(new RunnerName("r2"));
    Files.createFile(go());
    awaitExit("a");
  }

  @Test
  void aWindowOfOutputIsAllThatADetachedRunHasUnderWay() throws Exception {
    runner("r1", 1, Labels.NONE);

    hub.ask(PullingRunner.detached("a", "head -c 3000000 /dev/zero"));

    assertThat(awaitExit("a").returncode()).isZero();
  }

  private Path go() {
    return folder.resolve("go");
  }

  private RunEvent.Exit awaitExit(String run) throws Exception {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hub.exit(run), Optional::isPresent)
        .orElseThrow();
  }

  private void runner(String name, int capacity, Labels labels) throws Exception {
    runners.add(new PullingRunner(nats.config(), name, capacity, labels));
  }
}
