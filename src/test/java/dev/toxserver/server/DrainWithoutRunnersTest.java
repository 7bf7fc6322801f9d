package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.server.runners.JoinedRunner;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that was told to quit waits for no runner that is not expected back. */
@ExtendWith(VertxExtension.class)
class DrainWithoutRunnersTest {
  private static final String NO_RUNNER_IS_LEFT =
      "the server is shutting down, and no runner is left that could take the run";

  private ServerVerticle server;

  @BeforeEach
  void serve(Vertx vertx) throws Exception {
    server = new FakeRunner(vertx).deploy(TestConfig.joinedBy(RunnerAccess.OPEN, true, 300));
  }

  @Test
  void whatWaitsForARunnerThatIsGoneEndsAtOnce() throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      try (JoinedRunner runner = JoinedRunner.join(server.port(), "r1", "py311")) {
        run(client, "a");
        runner.start("a");
        run(client, "b");
      }
      assertThat(toEnd(client, "a").getBoolean("lost")).isTrue();
      client.settle();

      client.answer("tox.quit", new JsonObject());

      JsonObject exit = toEnd(client, "b");
      assertThat(exit.getInteger("returncode")).isEqualTo(126);
      assertThat(exit.getString("error")).isEqualTo(NO_RUNNER_IS_LEFT);
      awaitDrained();
    }
  }

  @Test
  void whatIsWithARunnerThatIsAwayOrWaitsForItEndsWithTheGrace() throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      try (JoinedRunner runner = JoinedRunner.join(server.port(), "r1", "py311")) {
        run(client, "a");
        runner.start("a");
        run(client, "b");
        assertThat(client.event("b").getString("type")).isEqualTo("queued");
        client.answer("tox.quit", new JsonObject());
      }
      assertThat(toEnd(client, "b").getString("error")).isEqualTo(NO_RUNNER_IS_LEFT);
      assertThat(toEnd(client, "a").getBoolean("lost")).isTrue();
      awaitDrained();
    }
  }

  private static void run(TestClient client, String id) throws Exception {
    client.socket().register(id);
    client.run(
        new JsonObject()
            .put("id", id)
            .put("args", new JsonArray())
            .put("on", new JsonArray().add("py311")));
  }

  /** The exit of a run; what comes before is passed over. */
  private static JsonObject toEnd(TestClient client, String id) throws Exception {
    JsonObject frame = client.socket().next();
    while (!frame.getString("address", "").equals("tox.output." + id)
        || !frame.getJsonObject("body").getString("type").equals("exit")) {
      frame = client.socket().next();
    }
    return frame.getJsonObject("body");
  }

  private void awaitDrained() throws Exception {
    server.drained().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
