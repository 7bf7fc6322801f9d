package dev.toxserver.server.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a runner over NATS comes and goes. */
@Timeout(120)
class RunnerLifeIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private NatsCluster nats;
  private SharedHub hub;
  private PullingRunner runner;

  @BeforeEach
  void begin() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    hub = SharedHub.start(nats.config(), "hub-1");
  }

  @AfterEach
  void end() throws Exception {
    runner.close();
    hub.close();
    nats.close();
  }

  @Test
  void whatRunsIsEndedWhenNobodyHearsItsRunnerForTheGraceWhichThenIsAnother() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE, 3_000);
    hub.ask(PullingRunner.run("a", Labels.NONE, "echo $$ > %s; sleep 600".formatted(file("pid"))));
    awaitFile("pid");
    String session = session("a");

    nats.stop(0);
    await().atMost(LONG).until(() -> !isAlive());
    nats.proceed(0);

    hub.ask(PullingRunner.run("b", Labels.NONE, "exit 5"));
    await().atMost(LONG).until(() -> hub.exit("b").isPresent());
    assertThat(session("b")).isGreaterThan(session);
    assertThat(RunnerJoin.isOfOneProcess(session, session("b"))).as("hubs can tell").isTrue();
    assertThat(hub.exit("a")).isEmpty();
  }

  @Test
  void aRunnerIsAnotherOnlyWhenNothingLivesOfWhatItHad() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 2, Labels.NONE, 3_000, 3_000);
    hub.ask(
        PullingRunner.detached(
            "a",
            "trap 'echo asked > %s' INT; trap '' TERM; echo $$ > %s; while :; do sleep 0.1; done"
                .formatted(file("asked"), file("pid"))));
    awaitFile("pid");

    nats.stop(0);
    awaitFile("asked");
    nats.proceed(0);

    hub.ask(PullingRunner.detached("b", "! kill -0 $(cat %s)".formatted(file("pid"))));
    await().atMost(LONG).until(() -> hub.exit("b").isPresent());
    assertThat(session("b")).isGreaterThan(session("a"));
    assertThat(hub.exit("b").orElseThrow().returncode()).isZero();
    assertThat(placement("a").goneMillis()).as("by which hubs judge it").isEqualTo(9_000);
  }

  @Test
  void whoIsToLeaveCarriesOutWhatItHasClaimed() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE);
    await().atMost(LONG).until(() -> hub.runners().size() == 1);
    hub.ask(PullingRunner.detached("a", "exit 4"), false);
    await().atMost(LONG).until(() -> hub.pulled() == 1);

    runner.signal();

    assertThat(runner.refusal()).isEmpty();
    runner.close();
    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(hub.exit("a").orElseThrow().returncode()).isEqualTo(4);
  }

  @Test
  void whoIsToLeaveFinishesWhatItHasAndTakesNothingMore() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 2, Labels.NONE);
    hub.ask(PullingRunner.run("a", Labels.NONE, waiting()));
    awaitFile("pid");

    runner.signal();
    await().atMost(LONG).until(this::isShownAsLeaving);
    hub.ask(PullingRunner.run("b", Labels.NONE, "exit 5"));
    Files.createFile(file("go"));

    assertThat(runner.refusal()).isEmpty();
    assertThat(hub.exit("a").orElseThrow().returncode()).isZero();
    assertThat(hub.find("b").orElseThrow().state()).isEqualTo(RunFacts.State.QUEUED);
    runner.close();
    await().atMost(LONG).until(() -> hub.runners().isEmpty());
  }

  @Test
  void whoIsToldTwiceToLeaveCancelsWhatItHas() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE);
    hub.ask(PullingRunner.run("a", Labels.NONE, waiting()));
    awaitFile("pid");

    runner.signal();
    runner.signal();

    assertThat(runner.refusal()).isEmpty();
    assertThat(hub.exit("a").orElseThrow().cancelled()).isTrue();
  }

  @Test
  void ofTwoRunnersWithOneNameTheOlderLeaves() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE);
    await().atMost(LONG).until(() -> hub.runners().size() == 1);

    try (PullingRunner younger = new PullingRunner(nats.config(), "r1", 1, Labels.NONE)) {
      assertThat(runner.refusal()).get().asString().contains("--name");
      assertThat(younger.hasLeft()).isFalse();
    }
  }

  @Test
  void aCancelReachesTheRunnerWhoeverHasAskedForIt() throws Exception {
    runner = new PullingRunner(nats.config(), "r1", 1, Labels.NONE);
    hub.ask(PullingRunner.run("a", Labels.NONE, waiting()));
    awaitFile("pid");

    hub.cancel("a");

    await().atMost(LONG).until(() -> hub.exit("a").isPresent());
    assertThat(hub.exit("a").orElseThrow().cancelled()).isTrue();
    assertThat(isAlive()).isFalse();
  }

  private boolean isShownAsLeaving() throws Exception {
    return hub.runners().stream().anyMatch(shown -> shown.state() == RunnerStatus.State.LEAVING);
  }

  private String session(String run) throws Exception {
    return placement(run).session();
  }

  private Placement placement(String run) throws Exception {
    return hub.find(run).flatMap(RunFacts::placed).orElseThrow().placement();
  }

  private String waiting() {
    return "echo $$ > %s; while [ ! -e %s ]; do sleep 0.02; done"
        .formatted(file("pid"), file("go"));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void awaitFile(String name) {
    await().atMost(LONG).until(() -> Files.exists(file(name)) && Files.size(file(name)) > 1);
  }

  private boolean isAlive() throws Exception {
    long pid = Long.parseLong(Files.readString(file("pid")).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
