package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that was told to quit does not leave while someone still wants what it has. */
@ExtendWith(VertxExtension.class)
class DrainTest {
  @TempDir private Path folder;

  @Test
  void itWaitsForWhoStillReplaysARun(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server = runner.deploy(TestConfig.server(patience(60_000), folder));
    try (TestClient reader = new TestClient(server.port());
        TestClient other = new TestClient(server.port())) {
      other.runDetached("a");
      // More than the sockets' buffers hold.
      for (int seq = 0; seq < 400; seq++) {
        runner.output("a", seq, seq + 1, 64 * 1024);
        runner.awaitAcknowledge(seq);
      }
      runner.exit("a", 400, 0);
      other.settle();
      reader.attach("a", 0);
      other.answer("tox.quit", new JsonObject());
      other.settle();
      assertThat(server.drained().isComplete()).isFalse();
      assertThat(reader.eventsToEnd("a")).hasSize(401);
      await(server.drained());
    }
  }

  @Test
  void itWaitsForAClientThatIsAwayUntilThatHasReadTheEnd(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server = runner.deploy(TestConfig.server(patience(60_000)));
    try (TestClient other = new TestClient(server.port())) {
      try (TestClient requester = new TestClient(server.port())) {
        requester.run("a");
      }
      other.settle();
      runner.exit("a", 0, 0);
      other.answer("tox.quit", new JsonObject());
      other.settle();
      assertThat(server.drained().isComplete()).isFalse();
      other.comeBack("a", 0);
      assertThat(other.event("a").getString("type")).isEqualTo("exit");
      await(server.drained());
    }
  }

  @Test
  void itWaitsForAClientThatStaysAwayNoLongerThanTheGrace(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server = runner.deploy(TestConfig.server(patience(300)));
    try (TestClient other = new TestClient(server.port())) {
      try (TestClient requester = new TestClient(server.port())) {
        requester.run("a");
      }
      other.settle();
      runner.exit("a", 0, 0);
      other.answer("tox.quit", new JsonObject());
      await(server.drained());
    }
  }

  @Test
  void withNothingUnderWayItEndsAtOnce(Vertx vertx) throws Exception {
    ServerVerticle server = new FakeRunner(vertx).deploy(TestConfig.server(patience(60_000)));
    try (TestClient client = new TestClient(server.port())) {
      client.settle();
      assertThat(server.drained().isComplete()).isFalse();
      assertThat(client.answer("tox.quit", new JsonObject()).getString("status")).isEqualTo("DONE");
      await(server.drained());
    }
  }

  @Test
  void itFinishesWhatItHasAcceptedAndAcceptsNothingNew(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server = runner.deploy(TestConfig.server(patience(60_000)));
    try (TestClient client = new TestClient(server.port())) {
      client.runDetached("a");
      client.runDetached("b");
      client.answer("tox.quit", new JsonObject());
      assertThat(client.refusal("tox.run", detached("c"), 503))
          .isEqualTo("the server is shutting down and takes no new runs");
      runner.exit("a", 0, 0);
      runner.nextStart();
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("b");
      client.settle();
      assertThat(server.drained().isComplete()).isFalse();
      runner.exit("b", 1, 0);
      await(server.drained());
      assertThat(runner.wasCancelled()).isFalse();
    }
  }

  @Test
  void theFirstSignalDrainsAndTheSecondCancelsWhatIsLeft(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    ServerVerticle server = runner.deploy(TestConfig.server(patience(60_000)));
    try (TestClient client = new TestClient(server.port())) {
      client.runDetached("a");
      client.runDetached("b");
      server.signalled();
      client.settle();
      client.refusal("tox.run", detached("c"), 503);
      assertThat(runner.wasCancelled()).isFalse();
      server.signalled();
      assertThat(runner.nextCancel()).isEqualTo("a");
      JsonObject waited = client.answer("tox.status", new JsonObject().put("id", "b"));
      assertThat(waited.getJsonArray("runs").getJsonObject(0).getString("state"))
          .isEqualTo("cancelled");
      assertThat(server.drained().isComplete()).isFalse();
      runner.exit("a", 0, 130);
      await(server.drained());
    }
  }

  private static JsonObject detached(String id) {
    return new JsonObject().put("id", id).put("args", new JsonArray()).put("detach", true);
  }

  private static ServerConfig.Patience patience(long graceMillis) {
    return new ServerConfig.Patience(60_000, 60_000, graceMillis);
  }

  private static void await(Future<Void> drained) throws Exception {
    drained.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
