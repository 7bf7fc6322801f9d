package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.RawHttp;
import dev.toxserver.nats.NatsCluster;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that alone can't reach NATS, or was stopped: its clients go on at another, and their runs
 * are left alone when it is back.
 */
class CutOffHubIT {
  /** Each waits 2 s for a client, and would cancel the run then. */
  private static final String[] GRACE = {"--reconnect-grace", "2", "--http", "0"};

  /** Prints for longer than it takes until other hubs take one for gone. */
  private static final String SCRIPT =
      "echo x >> begun; for i in $(seq 300); do head -c 40000 /dev/urandom | tee -a copy;"
          + " sleep 0.1; done; until [ -e go ]; do sleep 0.1; done; exit 7";

  @TempDir Path folder;

  private NatsCluster nats;
  private Proxy wayToNats;
  private NatsTeam team;
  private Server one;
  private Server two;

  @BeforeEach
  void start() throws Exception {
    nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    wayToNats = new Proxy(URI.create(nats.urls().get(0)).getPort());
    team = new NatsTeam(folder, Machines.THIS_ONE, List.of("--nats", nats.urls().get(0)));
    two = team.hub("two", GRACE);
    NatsTeam behind =
        new NatsTeam(
            folder, Machines.THIS_ONE, List.of("--nats", "nats://127.0.0.1:" + wayToNats.port()));
    one = behind.hub("one", GRACE);
    team.runner("r1");
  }

  @AfterEach
  void stop() throws Exception {
    if (one != null) {
      one.close();
    }
    if (team != null) {
      team.close();
    }
    if (wayToNats != null) {
      wayToNats.close();
    }
    if (nats != null) {
      nats.close();
    }
  }

  @Test
  void aClientOfAHubThatAloneCannotReachNatsGoesOnAtAnother() throws Exception {
    JarProcess run = begin();
    wayToNats.goAway();
    one.err().awaitText("NATS has not heard this server for 15 s");
    assertThat(RawHttp.get(one.httpPort(), "/health"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("{\"status\": \"cut off\"}\n");
    awaitWhole(run);
    wayToNats.comeBack();
    one.err().awaitText("NATS hears this server again");
    assertEnds(run);
    team.awaitTold(one, "failed", "status");
  }

  @Test
  void soDoesOneOfAHubThatWasStopped() throws Exception {
    JarProcess run = begin();
    one.signal("STOP");
    awaitWhole(run);
    one.signal("CONT");
    one.err().awaitText("NATS hears this server again");
    assertThat(one.err().text()).contains("NATS has not heard this server for 15 s");
    assertEnds(run);
  }

  private JarProcess begin() throws Exception {
    JarProcess run = team.client(List.of(one, two), "run", "-c", SCRIPT);
    await().atMost(NatsTeam.LONG).until(() -> run.out().size() > 400_000);
    return run;
  }

  private void awaitWhole(JarProcess run) {
    await().atMost(NatsTeam.LONG).until(() -> run.out().size() == 300 * 40_000 || !run.isAlive());
  }

  private void assertEnds(JarProcess run) throws Exception {
    Files.createFile(team.work().resolve("go"));
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().bytes()).isEqualTo(Files.readAllBytes(team.work().resolve("copy")));
    assertThat(team.work().resolve("begun")).hasContent("x");
  }
}
