package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub or a runner is killed between two steps of a run, after the one and before the other: the
 * run is carried out once, or not at all if its runner dies; its client is told, and both hubs
 * know.
 */
class NatsStepsFaults {
  private static final String GRACE = "3";

  @TempDir Path folder;

  private final Map<String, NatsTap> taps = new HashMap<>();
  private final Map<String, JarProcess> processes = new HashMap<>();
  private final AtomicReference<String> died = new AtomicReference<>();
  private NatsCluster nats;
  private NatsTeam team;

  @BeforeEach
  void start() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    int server = URI.create(nats.urls().get(0)).getPort();
    for (String name : List.of("h1", "h2", "r1", "r2")) {
      taps.put(name, new NatsTap(server));
    }
    team = new NatsTeam(folder, Machines.THIS_ONE, name -> taps.get(name).options());
    for (String name : List.of("h1", "h2")) {
      processes.put(name, hub(name));
    }
    processes.put("r1", team.runner("r1", "--runner-grace", GRACE));
  }

  private Server hub(String name) throws Exception {
    return team.hub(
        name, "--runner-grace", GRACE, "--interrupt-grace", "0.3", "--terminate-grace", "0.3");
  }

  @AfterEach
  void stop() throws Exception {
    if (team != null) {
      team.close();
    }
    for (NatsTap tap : taps.values()) {
      tap.close();
    }
    if (nats != null) {
      nats.close();
    }
  }

  @Test
  void aHubDiesWhenTheTicketIsLaidAndBeforeTheRunExists() throws Exception {
    diesAfter(published("tox.work."), "h1");
    assertOnce(run());
  }

  @Test
  void aHubDiesWhenTheRunExistsAndBeforeItsClientIsAnswered() throws Exception {
    diesAfter(fact("asked"), "h1");
    assertOnce(run());
  }

  @Test
  void aHubDiesBeforeItPlacesTheRun() throws Exception {
    diesBefore(fact("placed.1"), "h1", "h2");
    assertOnce(run());
  }

  @Test
  void aHubDiesWhenTheRunIsPlacedAndBeforeItsRunnerIsTold() throws Exception {
    diesAfter(fact("placed.1"), "h1", "h2");
    assertOnce(run());
  }

  @Test
  void aHubDiesBeforeItEndsTheLog() throws Exception {
    diesBefore(published("tox.out."), "h1", "h2");
    assertOnce(run());
  }

  @Test
  void aHubDiesWhenTheLogIsEndedAndBeforeTheRunIs() throws Exception {
    diesAfter(published("tox.out."), "h1", "h2");
    assertOnce(run());
  }

  @Test
  void aHubDiesWhenTheRunIsEndedAndBeforeItsRunnerIsTold() throws Exception {
    diesAfter(fact("ended.1"), "h1", "h2");
    assertOnce(run());
  }

  @Test
  void aRunnerDiesWhenItHasPulledARunAndBeforeItIsItsOwn() throws Exception {
    diesBefore(published("tox.hub.claim.r1 "), "r1");
    JarProcess run = run();
    awaitDeath();
    team.runner("r2");
    assertOnce(run);
  }

  @Test
  void aRunnerDiesWhenTheRunIsItsOwnAndBeforeItStartsIt() throws Exception {
    diesBefore(message -> message.contains("\"nextSeq\""), "r1");
    JarProcess run = run();
    assertLost(run);
    assertThat(team.work().resolve("begun")).doesNotExist();
  }

  @Test
  void aRunnerDiesWhenItHasWrittenAllAndBeforeItSaysThatTheRunHasEnded() throws Exception {
    diesBefore(published("tox.hub.ended.r1 "), "r1");
    JarProcess run = run();
    assertLost(run);
    assertThat(run.out().text()).isEqualTo("out\n");
    assertThat(team.work().resolve("begun")).hasContent("x");
  }

  @Test
  void aRunnerDiesWhenItHasSaidThatTheRunHasEndedAndBeforeItIsAnswered() throws Exception {
    diesAfter(published("tox.hub.ended.r1 "), "r1");
    assertOnce(run());
  }

  private static Predicate<String> published(String subject) {
    return message -> message.startsWith("PUB " + subject) || message.startsWith("HPUB " + subject);
  }

  private static Predicate<String> fact(String name) {
    return published("$KV.tox-runs.")
        .and(message -> message.lines().findFirst().orElse("").contains("." + name + " "));
  }

  /** One of them, the first that comes there. */
  private void diesAfter(Predicate<String> message, String... names) {
    dies(message, true, names);
  }

  private void diesBefore(Predicate<String> message, String... names) {
    dies(message, false, names);
  }

  private void dies(Predicate<String> message, boolean passes, String... names) {
    for (String name : names) {
      taps.get(name)
          .await(
              new NatsTap.Death(
                  message.and(first -> died.compareAndSet(null, name)),
                  passes,
                  () -> processes.get(name).close()));
    }
  }

  private JarProcess run() throws Exception {
    return team.client(
        List.of((Server) processes.get("h1"), (Server) processes.get("h2")),
        "run",
        "-c",
        "echo x >> begun; echo out; exit 7");
  }

  private void awaitDeath() {
    await()
        .atMost(NatsTeam.LONG)
        .until(() -> died.get() != null && !processes.get(died.get()).isAlive());
  }

  private void assertOnce(JarProcess run) throws Exception {
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().text()).isEqualTo("out\n");
    assertThat(team.work().resolve("begun")).hasContent("x");
    assertTold("failed");
  }

  private void assertLost(JarProcess run) throws Exception {
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(125);
    assertTold("lost");
  }

  private void assertTold(String state) throws Exception {
    awaitDeath();
    for (String name : List.of("h1", "h2")) {
      Server hub = name.equals(died.get()) ? hub(name) : (Server) processes.get(name);
      team.awaitTold(hub, state, "status");
    }
    assertThat(Proc.ofRunsIn(team.work())).isEmpty();
  }
}
