package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three NATS servers, two hubs and two runners, each on a machine of its own, and what may happen
 * to them. It takes ten minutes, so that {@code e2e/nats} runs it and no build does.
 */
class NatsFaults {
  /** Longer than all NATS servers are away, and have elected no leader. */
  private static final int GRACE_SECONDS = 25;

  private static final String TICKS =
      "echo x >> begun; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; sleep 0.01; done; exit 7";

  /** Writes when it was last alive, in milliseconds. */
  private static final String ALIVE =
      "echo x >> begun; echo up; while :; do date +%s%3N > alive; sleep 0.2; done";

  @TempDir Path folder;

  private Network network;
  private NatsServers nats;
  private NatsTeam team;
  private Server h1;
  private Server h2;
  private JarProcess r1;
  private JarProcess r2;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Network.isPossible(), "no network namespaces can be made here");
    network = new Network("n1", "n2", "n3", "h1", "h2", "r1", "r2", "client");
    nats = new NatsServers(Files.createDirectory(folder.resolve("nats")), network);
    team = new NatsTeam(folder, network, nats.options());
    h1 = hub("h1");
    h2 = hub("h2");
    r1 = runner("r1");
    r2 = runner("r2");
  }

  @AfterEach
  void stop() {
    for (AutoCloseable each : new AutoCloseable[] {team, nats, network}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Server hub(String name) throws Exception {
    return team.hub(
        name,
        "--nats-replicas",
        "3",
        "--runner-grace",
        "12",
        "--interrupt-grace",
        "0.3",
        "--terminate-grace",
        "0.3");
  }

  private JarProcess runner(String name) throws Exception {
    return team.runner(name, "--runner-grace", String.valueOf(GRACE_SECONDS));
  }

  @Test
  void aRunnerThatIsKilledLosesItsRunAndOneThatIsStartedAgainLosesItAtOnce() throws Exception {
    JarProcess run = team.client(h1, "--on", "r1", "run", "-c", ALIVE);
    run.out().awaitText("up\n");
    r1.signal("KILL");
    assertThat(run.exitCode(Duration.ofSeconds(45))).as(run.err().text()).isEqualTo(125);
    assertThat(run.err().text()).contains("lost");
    assertThat(team.told(h2, "status")).contains("lost");

    r1 = runner("r1");
    JarProcess again = team.client(h1, "--on", "r1", "run", "-c", ALIVE);
    again.out().awaitText("up\n");
    r1.signal("KILL");
    r1 = runner("r1");
    assertThat(again.exitCode(Duration.ofSeconds(8))).as(again.err().text()).isEqualTo(125);
    assertThat(team.work().resolve("begun")).hasContent("x\nx");
  }

  @Test
  void aRunThatMayBeginOnceMoreDoesSoOnceOnTheOtherRunner() throws Exception {
    JarProcess run =
        team.client(
            h1,
            "--retry-lost",
            "run",
            "-c",
            "echo x >> begun; [ $(wc -l < begun) = 1 ] || exit 7; echo up; sleep 600");
    run.out().awaitText("up\n");
    team.awaitTold(h2, "running", "status");
    (team.told(h2, "status").contains("r1") ? r1 : r2).signal("KILL");
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.err().text()).contains("placed twice: its first runner was lost");
    assertThat(team.work().resolve("begun")).hasContent("x\nx");
  }

  @Test
  void theServerThatLeadsTheOutputIsKilledAndNoByteIsMissing() throws Exception {
    JarProcess run = team.client(h1, "-t", "5", "run", "-c", TICKS);
    run.out().awaitText("\n100\n");
    String leader = nats.leader("TOX_OUT");
    nats.kill(leader);
    assertWhole(run);
    nats.start(leader);
    nats.awaitAlike();
  }

  @Test
  void allServersAreKilledAndNothingIsLost() throws Exception {
    JarProcess run = team.client(h1, "--on", "r1", "run", "-c", TICKS);
    JarProcess other = team.client(h2, "--on", "r1", "run", "-c", "sleep 30; exit 8");
    JarProcess waiting = team.client(h2, "--on", "r1", "run", "-c", "echo turn; exit 9");
    run.out().awaitText("\n100\n");
    nats.killAll();
    TimeUnit.SECONDS.sleep(5);
    nats.startAll();
    assertWhole(run);
    assertThat(other.exitCode(NatsTeam.LONG)).isEqualTo(8);
    assertThat(waiting.exitCode(NatsTeam.LONG)).as(waiting.err().text()).isEqualTo(9);
    nats.awaitAlike();
  }

  @Test
  void aHubIsKilledAndItsClientGoesOnAtTheOther() throws Exception {
    JarProcess run = team.client(List.of(h1, h2), "run", "-c", TICKS);
    run.out().awaitText("\n100\n");
    h1.signal("KILL");
    assertWhole(run);
  }

  @Test
  void aRunnerThatIsCutOffForAWhileGoesOn() throws Exception {
    JarProcess run = team.client(h1, "--on", "r1", "run", "-c", TICKS);
    run.out().awaitText("\n100\n");
    network.part("r1");
    TimeUnit.SECONDS.sleep(8);
    network.mend();
    assertWhole(run);
  }

  @Test
  void aRunnerThatIsCutOffForTooLongHasEndedItsRunBeforeItIsLost() throws Exception {
    lostBehind("r1");
  }

  @Test
  void soHasOneThatIsCutOffTogetherWithOneOfTheServers() throws Exception {
    lostBehind("r1", "n3");
  }

  private void lostBehind(String... apart) throws Exception {
    JarProcess run = team.client(h1, "--on", "r1", "run", "-c", ALIVE);
    run.out().awaitText("up\n");
    network.part(apart);
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(125);
    long lost = System.currentTimeMillis();
    long alive = Long.parseLong(Files.readString(team.work().resolve("alive")).strip());
    assertThat(alive).as("the program was ended before").isLessThan(lost);
    network.mend();
    JarProcess next = team.client(h2, "--on", "r1", "run", "-c", "exit 9");
    assertThat(next.exitCode(NatsTeam.LONG)).as(next.err().text()).isEqualTo(9);
    assertThat(team.work().resolve("begun")).hasContent("x");
    nats.awaitAlike();
  }

  @Test
  void aHubThatIsCutOffTogetherWithOneOfTheServersSendsItsClientsAway() throws Exception {
    JarProcess run = team.client(List.of(h1, h2), "run", "-c", TICKS);
    run.out().awaitText("\n100\n");
    network.part("h1", "n3");
    assertWhole(run);
    network.mend();
    team.awaitTold(h1, "failed", "status");
    nats.awaitAlike();
  }

  @Test
  void aHubThatWasStoppedDeclaresNobodyLost() throws Exception {
    JarProcess run = team.client(h2, "--on", "r1", "run", "-c", TICKS);
    run.out().awaitText("\n100\n");
    h1.signal("STOP");
    TimeUnit.SECONDS.sleep(45);
    h1.signal("CONT");
    assertWhole(run);
    assertThat(team.told(h1, "status")).doesNotContain("lost");
  }

  @Test
  void aRunnerThatWasStoppedEndsTheRunThatItHasLost() throws Exception {
    JarProcess run = team.client(h1, "--on", "r1", "run", "-c", "echo $$ > pid; " + ALIVE);
    run.out().awaitText("up\n");
    r1.signal("STOP");
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(125);
    r1.signal("CONT");
    await().atMost(NatsTeam.LONG).until(() -> !Proc.isAlive(team.work().resolve("pid")));
    JarProcess next = team.client(h1, "--on", "r1", "run", "-c", "exit 9");
    assertThat(next.exitCode(NatsTeam.LONG)).as(next.err().text()).isEqualTo(9);
  }

  /** All that it printed came, once, and it ran once. */
  private void assertWhole(JarProcess run) throws Exception {
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().text())
        .isEqualTo(
            IntStream.rangeClosed(1, 3000)
                .mapToObj(line -> line + "\n")
                .collect(Collectors.joining()));
    assertThat(team.work().resolve("begun")).hasContent("x");
    team.awaitTold(h2, "failed", "status");
  }
}
