package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.Warnings;
import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.RunnerAddresses;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class RunnerDeploymentTest {
  private static final String PATH = System.getenv("PATH");

  @Test
  void aRunnerThatIsStoppedHasDismissedItsGuardianAndItsThreads(Vertx vertx) throws Exception {
    long threads = threads();
    String deployment = deploy(vertx, "sh", PATH);
    await().until(() -> Guardians.all().count() == 1);
    assertThat(threads()).isGreaterThan(threads);
    vertx.undeploy(deployment).await(30, TimeUnit.SECONDS);
    assertThat(Guardians.all().count()).isZero();
    await().until(() -> threads() <= threads);
  }

  @Test
  void aRunnerWhoseProgramIsThereWarnsOfNothing(Vertx vertx) throws Exception {
    try (Warnings warnings = new Warnings(ToxRunnerVerticle.class)) {
      deploy(vertx, "sh", PATH);
      assertThat(warnings.messages()).isEmpty();
    }
  }

  @Test
  void aRunnerWithoutItsProgramStartsAndWarnsThatEveryRunWillFail(Vertx vertx) throws Exception {
    try (Warnings warnings = new Warnings(ToxRunnerVerticle.class)) {
      deploy(vertx, "no-such", PATH);
      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .startsWith("Every run will fail: 'no-such' was not found");
    }
  }

  @Test
  void aRunnerWithoutAShellDoesNotStart(Vertx vertx) {
    assertThatThrownBy(() -> deploy(vertx, "sh", "/nowhere"))
        .hasMessageContaining("there is no sh on the PATH");
    assertThat(Guardians.all().count()).isZero();
  }

  private static String deploy(Vertx vertx, String tox, String path) throws Exception {
    RunnerConfig config =
        new RunnerConfig(
            tox, Map.of("PATH", path), false, 500, 500, 65_536, AllowedVariables.ALL, false);
    return vertx
        .deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, config))
        .await(30, TimeUnit.SECONDS);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("runner-\\d+"))
        .count();
  }
}
