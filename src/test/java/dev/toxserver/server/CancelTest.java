package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that somebody wants no more, on a server that does one after another. */
@ExtendWith(VertxExtension.class)
class CancelTest {
  private FakeRunner runner;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deployServer(1, 2);
  }

  @Test
  void aRunCancelledInTheQueueEndsThereAndCountsAsCancelled() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.run("a");
      client.run("b");
      client.event("b");
      client.socket().request("tox.cancel", new JsonObject().put("id", "b"));
      assertThat(client.event("b"))
          .isEqualTo(
              new JsonObject()
                  .put("seq", 1)
                  .put("type", "exit")
                  .put("returncode", 130)
                  .put("cancelled", true));
      assertThat(client.socket().nextFrom("reply")).isEqualTo(new JsonObject().put("cancelled", 1));
      runner.exit("a", 0, 0);
      client.event("a");
      assertThat(client.answer("tox.ping", new JsonObject()).getInteger("tasks")).isEqualTo(1);
    }
  }

  @Test
  void cancellingARunThatIsUnknownIsAnErrorAndOneThatHasEndedIsNone() throws Exception {
    try (TestClient client = new TestClient(port)) {
      assertThat(client.refusal("tox.cancel", new JsonObject().put("id", "nobody"), 404))
          .startsWith("id: the server knows no run nobody");
      assertThat(client.refusal("tox.cancel", new JsonObject().put("id", "last"), 404))
          .isEqualTo("id: the server has had no run yet");
      assertThat(client.answer("tox.cancel", new JsonObject().put("command", "run")))
          .isEqualTo(new JsonObject().put("cancelled", 0));
      client.run("a");
      runner.nextStart();
      runner.exit("a", 0, 0);
      assertThat(client.event("a").getString("type")).isEqualTo("exit");
      assertThat(client.answer("tox.cancel", new JsonObject().put("id", "a")))
          .isEqualTo(new JsonObject().put("cancelled", 0));
    }
  }

  @Test
  void whoCancelsAllStartsNoneOfThoseThatWait() throws Exception {
    try (TestClient client = new TestClient(port)) {
      for (String id : new String[] {"a", "b", "c"}) {
        client.runDetached(id);
      }
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("a");
      assertThat(client.answer("tox.cancel", new JsonObject().put("command", "run")))
          .isEqualTo(new JsonObject().put("cancelled", 3));
      assertThat(runner.nextCancel()).isEqualTo("a");
      runner.exit("a", 0, 130);
      client.runDetached("d");
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("d");
    }
  }

  @Test
  void theRunsOfALostClientAreCancelledAndNobodyElses() throws Exception {
    try (TestClient stays = new TestClient(port)) {
      try (TestClient leaves = new TestClient(port)) {
        leaves.run("a");
        stays.run("b");
      }
      assertThat(runner.nextCancel()).isEqualTo("a");
      runner.exit("a", 0, 130);
      runner.nextStart();
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("b");
    }
  }
}
