package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are alike, and runs of the same files. */
@ExtendWith(VertxExtension.class)
class TreeTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(64);

  @TempDir Path folder;

  @Test
  void runsAreFoundByWhatTheyDoAndByTheirFilesAfterARestartToo(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(deploy(runner))) {
      run(client, runner, "a", ONE, "-e", "py");
      run(client, runner, "b", TWO, "-e", "py");
      run(client, runner, "c", ONE, "-e", "lint");
    }
    runner.undeploy();
    try (TestClient client = new TestClient(deploy(runner))) {
      assertThat(ids(client, new JsonObject().put("tree", ONE))).containsExactly("c", "a");
      assertThat(ids(client, new JsonObject().put("id", "a").put("alike", true)))
          .containsExactly("b", "a");
      assertThat(ids(client, new JsonObject().put("id", "a").put("alike", true).put("tree", TWO)))
          .containsExactly("b");
      JsonObject one =
          client
              .answer("tox.status", new JsonObject().put("id", "b"))
              .getJsonArray("runs")
              .getJsonObject(0);
      assertThat(one.getString("tree")).isEqualTo(TWO);
      assertThat(one.getJsonObject("usual").getInteger("runs")).isEqualTo(2);
    }
  }

  @Test
  void whatIsNoTreeIsRefused(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(deploy(runner))) {
      for (Object wrong : List.of("", "1".repeat(39), "G".repeat(40), "../".repeat(20), 7)) {
        JsonObject run =
            new JsonObject().put("id", "a").put("args", new JsonArray()).put("tree", wrong);
        assertThat(client.refusal("tox.run", run, 400)).startsWith("tree: ");
        assertThat(client.refusal("tox.status", new JsonObject().put("tree", wrong), 400))
            .startsWith("tree: ");
      }
    }
  }

  private int deploy(FakeRunner runner) throws Exception {
    return runner.deploy(TestConfig.server(TestConfig.PATIENCE, folder)).port();
  }

  private static void run(
      TestClient client, FakeRunner runner, String id, String tree, String... args)
      throws Exception {
    client.run(
        new JsonObject().put("id", id).put("args", new JsonArray(List.of(args))).put("tree", tree));
    runner.nextStart();
    runner.publish(id, new RunEvent.Exit(0, 0, false, Optional.of(1_000L), Optional.empty()));
    client.settle();
  }

  private static List<String> ids(TestClient client, JsonObject request) throws Exception {
    return client.answer("tox.status", request).getJsonArray("runs").stream()
        .map(run -> ((JsonObject) run).getString("id"))
        .toList();
  }
}
