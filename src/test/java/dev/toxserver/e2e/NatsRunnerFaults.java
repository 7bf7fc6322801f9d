package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may happen to runners over NATS. {@code e2e/nats} runs it and no build does. */
class NatsRunnerFaults {
  @RegisterExtension final NatsScene scene = new NatsScene();

  @Test
  void aRunnerThatIsKilledLosesItsRun() throws Exception {
    JarProcess run = onFirst(NatsScene.ALIVE);
    run.out().awaitText("up\n");
    scene.runner("r1").signal("KILL");
    assertLost(run);
  }

  /** It says so at once, and is not waited for. */
  @Test
  void aRunnerThatIsStartedAgainLosesItsRunBeforeTheGraceIsOver() throws Exception {
    JarProcess run = onFirst(NatsScene.ALIVE);
    run.out().awaitText("up\n");
    scene.runner("r1").signal("KILL");
    scene.startRunner("r1");
    assertThat(run.exitCode(Duration.ofSeconds(20))).as(run.err().text()).isEqualTo(125);
    assertLost(run);
    scene.assertTakesRuns("h2", "r1");
  }

  @Test
  void aRunThatMayBeginOnceMoreDoesSoOnceOnTheOtherRunner() throws Exception {
    JarProcess run =
        scene
            .team()
            .client(
                scene.hub("h1"),
                "--retry-lost",
                "run",
                "-c",
                "echo x >> begun; [ $(wc -l < begun) = 1 ] || exit 7; echo up; sleep 600");
    run.out().awaitText("up\n");
    scene.team().awaitTold(scene.hub("h2"), "running", "status");
    boolean isFirst = scene.team().told(scene.hub("h2"), "status").contains("r1");
    scene.runner(isFirst ? "r1" : "r2").signal("KILL");
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.err().text()).contains("placed twice: its first runner was lost");
    assertThat(scene.file("begun")).hasContent("x\nx");
  }

  @Test
  void aRunnerThatIsCutOffForAWhileGoesOn() throws Exception {
    JarProcess run = onFirst(NatsScene.TICKS);
    run.out().awaitText("\n100\n");
    scene.network().part("r1");
    TimeUnit.SECONDS.sleep(8);
    scene.network().mend();
    scene.assertWhole(run);
  }

  @Test
  void aRunnerThatIsCutOffForTooLongHasEndedItsRunBeforeItIsLost() throws Exception {
    isLostBehind("r1");
  }

  @Test
  void soHasOneThatIsCutOffTogetherWithOneOfTheServers() throws Exception {
    isLostBehind("r1", "n3");
  }

  private void isLostBehind(String... apart) throws Exception {
    JarProcess run = onFirst(NatsScene.ALIVE);
    run.out().awaitText("up\n");
    scene.network().part(apart);
    long mended = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    assertLost(run);
    TimeUnit.NANOSECONDS.sleep(mended - System.nanoTime());
    scene.network().mend();
    scene.assertTakesRuns("h2", "r1");
    assertThat(scene.file("begun")).hasContent("x");
    scene.nats().awaitAlike();
  }

  @Test
  void aRunnerThatWasStoppedEndsTheRunThatItHasLost() throws Exception {
    JarProcess run = onFirst(NatsScene.ALIVE);
    run.out().awaitText("up\n");
    scene.runner("r1").signal("STOP");
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(125);
    assertThat(Proc.ofRunsIn(scene.team().work())).as("nobody could end it").isNotEmpty();
    scene.runner("r1").signal("CONT");
    await()
        .atMost(NatsTeam.LONG)
        .untilAsserted(() -> assertThat(Proc.ofRunsIn(scene.team().work())).isEmpty());
    scene.assertTakesRuns("h2", "r1");
  }

  private JarProcess onFirst(String script) throws Exception {
    return scene.team().client(scene.hub("h1"), "--on", "r1", "run", "-c", script);
  }

  /** Its client is told, once nothing of it lives, and both hubs tell it from then on. */
  private void assertLost(JarProcess run) throws Exception {
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(125);
    assertThat(Proc.ofRunsIn(scene.team().work())).as("it was ended before").isEmpty();
    assertThat(run.err().text()).contains("the run is lost: the runner r1");
    for (Server hub : scene.hubs()) {
      scene.team().awaitTold(hub, "lost", "status");
    }
    assertThat(scene.file("begun")).hasContent("x");
  }
}
