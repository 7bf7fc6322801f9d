package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users are told of a run that waits, by whichever hub they come. */
class NatsNoticesIT {
  /** Its own grace, and the 0.3 s each for which it has a run interrupted and terminated. */
  private static final String AWAY =
      "tox-server: the runner r1 is away; the run waits for it for 30.6 s\n";

  private static final String BACK = "tox-server: the runner r1 is back\n";

  @TempDir Path folder;

  private NatsTeam team;
  private Server one;
  private Server two;
  private JarProcess runner;

  @BeforeEach
  void start() throws Exception {
    team = NatsTeam.aroundOne(folder);
    one = team.hub("one");
    two = team.hub("two");
    runner = team.runner("r1");
  }

  @AfterEach
  void stop() throws Exception {
    if (team != null) {
      team.close();
    }
  }

  @Test
  void whoHasToWaitIsToldForWhatAndToldAgainWhenThatChanges() throws Exception {
    JarProcess first = waiting(one, "first");
    first.out().awaitText("begun first\n");
    JarProcess beside = waiting(two, "beside");
    beside.out().awaitText("begun beside\n");
    JarProcess second = waiting(two, "second");
    second.err().awaitText("queued");
    JarProcess third = waiting(one, "third");
    third.err().awaitText("queued");

    go("first");
    third.err().awaitText("next in line");
    go("second");
    go("third");
    go("beside");

    assertThat(third.exitCode()).isZero();
    assertThat(third.err().textWithoutTime())
        .matches(
            "Command run is queued: 2nd in line, behind \\w+ \\(-c .*\\)\n"
                + "Command run is queued: next in line, behind \\w+ \\(-c .*\\)\n"
                + "\\[DONE] passed\n");
    assertThat(second.exitCode()).isZero();
    assertThat(second.err().textWithoutTime())
        .matches("Command run is queued: next in line, behind \\w+ \\(-c .*\\)\n\\[DONE] passed\n");
  }

  @Test
  void whoAttachesToARunThatWaitsIsToldItsPlaceToo() throws Exception {
    waiting(one, "first").out().awaitText("begun first\n");
    waiting(one, "beside").out().awaitText("begun beside\n");
    waiting(one, "second").err().awaitText("queued");
    team.awaitTold(two, "queued", "status");

    JarProcess onlooker = team.client(two, "attach", "last");

    onlooker.err().awaitText("Command run is queued: next in line, behind ");
  }

  @Test
  void whoReadsARunIsToldThatItsRunnerIsAwayAndThatItIsBack() throws Exception {
    JarProcess run = waiting(one, "first");
    run.out().awaitText("begun first\n");
    team.awaitTold(two, "running", "status");
    JarProcess onlooker = team.client(two, "attach");
    onlooker.out().awaitText("begun first\n");

    runner.signal("STOP");
    run.err().awaitText(AWAY);
    onlooker.err().awaitText(AWAY);
    runner.signal("CONT");
    run.err().awaitText(BACK);
    onlooker.err().awaitText(BACK);

    go("first");
    assertThat(run.exitCode()).isZero();
    assertThat(onlooker.exitCode()).isZero();
    assertThat(run.err().textWithoutTime()).isEqualTo(AWAY + BACK + "[DONE] passed\n");
    assertThat(onlooker.err().text()).containsOnlyOnce(AWAY).containsOnlyOnce(BACK);
  }

  private JarProcess waiting(Server hub, String name) throws Exception {
    String script = "echo begun %1$s; until [ -e %1$s ]; do sleep 0.05; done".formatted(name);
    return team.client(hub, "run", "-c", script);
  }

  private void go(String name) throws Exception {
    Files.createFile(team.work().resolve(name));
  }
}
