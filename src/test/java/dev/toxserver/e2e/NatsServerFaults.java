package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to NATS' servers. {@code e2e/nats} runs it and no build does. */
class NatsServerFaults {
  @RegisterExtension final NatsScene scene = new NatsScene();

  @Test
  void theServerThatLeadsTheOutputIsKilledAndNoByteIsMissing() throws Exception {
    JarProcess run = scene.team().client(scene.hub("h1"), "-t", "5", "run", "-c", NatsScene.TICKS);
    run.out().awaitText("\n100\n");
    String leader = scene.nats().leader("TOX_OUT");
    scene.nats().kill(leader);
    scene.assertWhole(run);
    scene.nats().start(leader);
    scene.nats().awaitAlike();
  }

  @Test
  void allServersAreKilledAndNothingIsLost() throws Exception {
    JarProcess run = onFirst("h1", NatsScene.TICKS);
    JarProcess other = onFirst("h2", "sleep 30; exit 8");
    JarProcess waiting = onFirst("h2", "echo turn; exit 9");
    run.out().awaitText("\n100\n");
    scene.nats().killAll();
    TimeUnit.SECONDS.sleep(5);
    scene.nats().startAll();
    scene.assertWhole(run);
    assertThat(other.exitCode(NatsTeam.LONG)).as(other.err().text()).isEqualTo(8);
    assertThat(waiting.exitCode(NatsTeam.LONG)).as(waiting.err().text()).isEqualTo(9);
    assertThat(waiting.out().text()).isEqualTo("turn\n");
    for (Server hub : scene.hubs()) {
      assertThat(hub.err().text())
          .contains("The connection to NATS is lost: trying again", "NATS is there again");
    }
    scene.nats().awaitAlike();
  }

  @Test
  void theServersAreRestartedOneAfterTheOtherAndNothingIsLost() throws Exception {
    JarProcess run = onFirst("h1", NatsScene.TICKS);
    run.out().awaitText("\n100\n");
    for (String name : NatsServers.NAMES) {
      scene.nats().kill(name);
      scene.nats().start(name);
      scene.nats().awaitHealthy(name);
    }
    scene.assertWhole(run);
    scene.nats().awaitAlike();
  }

  private JarProcess onFirst(String hub, String script) throws Exception {
    return scene.team().client(scene.hub(hub), "--on", "r1", "run", "-c", script);
  }
}
