package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that are told to end, one after the other, while runs go on. */
class RollingRestartIT {
  private static final int LINES = 100;

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
  }

  @AfterEach
  void stop() throws Exception {
    if (team != null) {
      team.close();
    }
  }

  @Test
  void theirClientsGoOnAtTheOtherAndNoHubWaitsForTheEndOfARun() throws Exception {
    List<JarProcess> runs = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      runs.add(team.client(List.of(one, two), "run", "-c", script(id)));
      if (!id.equals("c")) {
        runs.get(runs.size() - 1).out().awaitText("1\n");
      }
    }
    team.awaitTold(two, "queued", "status");
    JarProcess onlooker = team.client(List.of(one, two), "attach");

    one = restarted(one, "one");
    two = restarted(two, "two");
    Files.createFile(team.work().resolve("go"));

    for (JarProcess run : runs) {
      assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
      assertThat(run.out().text()).isEqualTo(lines());
    }
    assertThat(onlooker.exitCode(NatsTeam.LONG)).isEqualTo(7);
    assertThat(onlooker.out().text()).isEqualTo(lines());
    for (String id : List.of("a", "b", "c")) {
      assertThat(team.work().resolve("begun-" + id)).hasContent("x");
    }
  }

  @Test
  void aRunThatIsAskedOfAHubWhichIsEndingIsAskedOfTheOther() throws Exception {
    JarProcess stays = team.client(one, "run", "-c", script("a"));
    stays.out().awaitText("1\n");
    one.signal("TERM");
    one.err().awaitText("Draining");

    assertThat(team.client(one, "run", "-c", "exit 0").exitCode()).isEqualTo(1);
    JarProcess run = team.client(List.of(one, two), "run", "-c", "echo out; exit 5");
    assertThat(run.exitCode()).as(run.err().text()).isEqualTo(5);
    assertThat(run.out().text()).isEqualTo("out\n");
    JarProcess detached = team.client(List.of(one, two), "--detach", "run", "-c", "exit 6");
    assertThat(detached.exitCode()).as(detached.err().text()).isZero();

    Files.createFile(team.work().resolve("go"));
    assertThat(stays.exitCode()).isEqualTo(7);
    assertThat(one.exitCode()).isZero();
  }

  @Test
  void theClientOfAHubThatIsKilledGoesOnWhenItIsStartedAgainAtItsPort() throws Exception {
    JarProcess run = team.client(one, "run", "-c", script("a"));
    run.out().awaitText("1\n");
    one.signal("KILL");
    one.exitCode();
    one = team.hub("one", "-p", String.valueOf(one.port()));
    Files.createFile(team.work().resolve("go"));
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().text()).isEqualTo(lines());
    assertThat(team.work().resolve("begun-a")).hasContent("x");
  }

  private Server restarted(Server hub, String name) throws Exception {
    hub.signal("TERM");
    assertThat(hub.exitCode(NatsTeam.LONG)).as(hub.err().text()).isZero();
    return team.hub(name, "-p", String.valueOf(hub.port()));
  }

  /** Prints lines, half of them after the restarts. */
  private static String script(String id) {
    return """
        echo x >> begun-%s
        for i in $(seq %d); do echo $i; sleep 0.02; [ $i -ne %d ] || until [ -e go ]; do sleep 0.05; done; done
        exit 7
        """
        .formatted(id, LINES, LINES / 2);
  }

  private static String lines() {
    return IntStream.rangeClosed(1, LINES)
        .mapToObj(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
