package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hubs and two runners around one NATS server: whatever was asked of one hub, any other has.
 */
class NatsIT {
  private static final int BYTES = 40_000_000;

  @TempDir Path folder;

  private NatsTeam team;
  private Server one;
  private Server two;

  @BeforeEach
  void start() throws Exception {
    team = NatsTeam.aroundOne(folder);
    one = team.hub("one");
    two = team.hub("two");
    team.runner("r1");
    team.runner("r2");
  }

  @AfterEach
  void stop() throws Exception {
    if (team != null) {
      team.close();
    }
  }

  @Test
  void aRunOfOneHubIsToldByTheOther() throws Exception {
    JarProcess run = team.client(one, "--on", "r2", "run", "-c", "echo out; echo err >&2; exit 7");
    assertThat(run.exitCode()).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().text()).isEqualTo("out\n");
    assertThat(run.err().textWithoutTime()).isEqualTo("err\n[FAIL] failed\n");

    team.awaitTold(two, "failed", "status");
    assertThat(team.told(two, "status")).contains("r2");
    JarProcess logs = team.client(two, "logs");
    assertThat(logs.exitCode()).isZero();
    assertThat(logs.out().text()).isEqualTo("out\n");
    for (Server hub : List.of(one, two)) {
      team.awaitTold(hub, "r1", "runners");
      team.awaitTold(hub, "r2", "runners");
    }
  }

  @Test
  void aRunIsFollowedAtAnotherHubAndEndsThereAlike() throws Exception {
    JarProcess run =
        team.client(one, "run", "-c", "echo begun; until [ -e go ]; do sleep 0.1; done; exit 3");
    run.out().awaitText("begun\n");
    team.awaitTold(two, "running", "status");
    JarProcess onlooker = team.client(two, "attach");
    onlooker.out().awaitText("begun\n");
    Files.createFile(team.work().resolve("go"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(onlooker.exitCode()).isEqualTo(3);
  }

  @Test
  void aRunIsCancelledAtAnyHubAndNothingOfItIsLeft() throws Exception {
    JarProcess run =
        team.client(one, "run", "-c", "setsid sleep 600 & echo $! > pid; echo begun; sleep 600");
    run.out().awaitText("begun\n");
    team.awaitTold(two, "running", "status");
    assertThat(team.told(two, "cancel")).isEqualTo("{\"cancelled\": 1}\n");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err().text()).contains("cancelled");
    await().atMost(NatsTeam.LONG).until(() -> !Proc.isAlive(team.work().resolve("pid")));
  }

  @Test
  void aHubThatIsKilledCostsNoByteOfItsRuns() throws Exception {
    JarProcess run =
        team.client(
            List.of(one, two),
            "run",
            "-c",
            "echo x >> begun; head -c %d /dev/urandom | tee copy; exit 7".formatted(BYTES));
    await().atMost(NatsTeam.LONG).until(() -> run.out().size() > BYTES / 8);
    one.signal("KILL");
    await().atMost(NatsTeam.LONG).until(() -> !run.isAlive());
    assertThat(run.exitCode()).as(run.err().text()).isEqualTo(7);
    assertThat(sha256(run.out().bytes()))
        .isEqualTo(sha256(Files.readAllBytes(team.work().resolve("copy"))));
    assertThat(team.work().resolve("begun")).hasContent("x");
    team.awaitTold(two, "failed", "status");
  }

  @Test
  void aRunnerThatDialsInIsToldToComeByNatsAndLeaves() throws Exception {
    JarProcess runner = team.diallingRunner(one, "r3");
    assertThat(runner.exitCode()).isEqualTo(1);
    assertThat(runner.err().text())
        .endsWith(
            "tox-server: this server shares its runs over NATS: start the runner with --nats, and"
                + " the same URLs, in place of --join or --socket\n");
    assertThat(team.told(one, "runners")).doesNotContain("r3");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return java.util.HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
