package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to hubs over NATS. {@code e2e/nats} runs it and no build does. */
class NatsHubFaults {
  @RegisterExtension final NatsScene scene = new NatsScene();

  @Test
  void aHubIsKilledAndItsClientGoesOnAtTheOther() throws Exception {
    JarProcess run = ofBoth(NatsScene.TICKS);
    scene.hub("h1").signal("KILL");
    scene.assertWhole(run);
    scene.startHub("h1");
    scene.team().awaitTold(scene.hub("h1"), "failed", "status");
  }

  @Test
  void aHubThatIsCutOffTogetherWithOneOfTheServersSendsItsClientsAway() throws Exception {
    JarProcess run = ofBoth(NatsScene.TICKS);
    scene.network().part("h1", "n3");
    scene.assertWhole(run);
    scene.network().mend();
    scene.team().awaitTold(scene.hub("h1"), "failed", "status");
    scene.nats().awaitAlike();
  }

  @Test
  void theClientsOfAHubThatIsCutOffAloneGoOnAtTheOther() throws Exception {
    JarProcess run = ofBoth(NatsScene.TICKS);
    scene.network().part("h1", NatsServers.NAMES);
    long mended = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    scene.assertWhole(run);
    TimeUnit.NANOSECONDS.sleep(mended - System.nanoTime());
    scene.network().mend();
    scene.assertTakesRuns("h1", "r1");
  }

  @Test
  void aHubThatWasStoppedDeclaresNobodyLost() throws Exception {
    JarProcess run =
        scene.team().client(scene.hub("h2"), "--on", "r1", "run", "-c", NatsScene.UNTIL_GO);
    run.out().awaitText("up\n");
    scene.hub("h1").signal("STOP");
    TimeUnit.SECONDS.sleep(45);
    scene.hub("h1").signal("CONT");
    scene.assertTakesRuns("h1", "r2");
    assertThat(scene.team().told(scene.hub("h1"), "status")).contains("running");
    Files.createFile(scene.file("go"));
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(scene.file("begun")).hasContent("x");
  }

  private JarProcess ofBoth(String script) throws Exception {
    JarProcess run =
        scene.team().client(List.of(scene.hub("h1"), scene.hub("h2")), "run", "-c", script);
    run.out().awaitText("\n100\n");
    return run;
  }
}
