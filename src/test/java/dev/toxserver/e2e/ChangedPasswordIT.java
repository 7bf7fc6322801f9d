package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.nats.NatsCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password in NATS that is changed while whoever has the old one is connected. */
class ChangedPasswordIT {
  private static final String SETTING =
      " lets nobody in with this user and password: see --nats-user and --nats-password-file";

  @TempDir Path folder;

  private NatsCluster nats;
  private NatsTeam team;

  @BeforeEach
  void start() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1, users("old", "old"));
    team = new NatsTeam(folder, Machines.THIS_ONE, List.of("--nats", nats.urls().get(0)));
  }

  @AfterEach
  void stop() throws Exception {
    team.close();
    nats.close();
  }

  @Test
  void aHubLeavesAndItsClientGoesOnAtAnother() throws Exception {
    Server two = team.hub("two", as("two", "same"));
    Server one = team.hub("one", as("one", "old"));
    team.runner("r1", as("r1", "old"));
    JarProcess run =
        team.client(
            List.of(one, two), "run", "-c", "echo up; until [ -e go ]; do sleep 0.1; done; exit 7");
    run.out().awaitText("up\n");

    nats.reload(0, users("new", "old"));
    assertLeaves(one);
    Files.createFile(team.work().resolve("go"));
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
  }

  @Test
  void aRunnerLeaves() throws Exception {
    team.hub("two", as("two", "same"));
    JarProcess runner = team.runner("r1", as("r1", "old"));

    nats.reload(0, users("old", "new"));
    assertLeaves(runner);
  }

  @Test
  void whoeverIsRefusedAtTheStartSaysTheSame() throws Exception {
    JarProcess hub = serve("wrong", "--no-local");
    assertLeaves(hub);
    hub.close();
  }

  @Test
  void aHubWithARunnerOfItsOwnSaysItOnce() throws Exception {
    JarProcess hub = serve("old");
    hub.err().awaitText("Running server at");

    nats.reload(0, users("new", "old"));
    assertLeaves(hub);
    hub.close();
  }

  private JarProcess serve(String password, String... more) throws Exception {
    return new JarProcess(
        folder,
        Map.of(),
        Stream.of(
                JarProcess.command(),
                List.of("-p", "0", "serve", "--nats", nats.urls().get(0)),
                List.of(more),
                List.of(as("one", password)))
            .flatMap(List::stream)
            .toList());
  }

  private void assertLeaves(JarProcess who) throws Exception {
    assertThat(who.exitCode(NatsTeam.LONG)).as(who.err().text()).isEqualTo(1);
    assertThat(who.err().text().lines().filter(line -> line.contains("--nats-user")))
        .containsExactly("tox-server: NATS at " + nats.urls().get(0) + SETTING);
  }

  private String[] as(String user, String password) throws Exception {
    Path file = Files.writeString(folder.resolve(user + ".password"), password);
    return new String[] {"--nats-user", user, "--nats-password-file", file.toString()};
  }

  private static String users(String passwordOfOne, String passwordOfR1) {
    return """
        authorization { users: [
          { user: one, password: %s }, { user: two, password: same }, { user: r1, password: %s }
        ] }
        """
        .formatted(passwordOfOne, passwordOfR1);
  }
}
