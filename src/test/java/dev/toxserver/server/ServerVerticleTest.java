package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, over a real bridge, with a runner that does what the test says. */
@ExtendWith(VertxExtension.class)
class ServerVerticleTest {
  private FakeRunner runner;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deployServer(1, 2);
  }

  @Test
  void aRunIsAnsweredAtOnceAndItsEventsFollow() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      run(client, "a");
      assertThat(client.nextFrom("reply"))
          .isEqualTo(new JsonObject().put("id", "a").put("state", "running").put("position", 0));
      assertThat(runner.nextStart().getJsonObject("run"))
          .isEqualTo(new JsonObject().put("id", "a").put("args", new JsonArray().add("-e")));
      runner.exit("a", 0, 7);
      JsonObject exit = client.nextFrom("tox.output.a");
      assertThat(exit.getInteger("returncode")).isEqualTo(7);
      assertThat(exit.getInteger("seq")).isZero();
    }
  }

  @Test
  void aSecondRunWaitsMovesUpAndStartsWithTheNextNumber() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      run(client, "a");
      client.nextFrom("reply");
      run(client, "b");
      assertThat(client.nextFrom("reply"))
          .isEqualTo(new JsonObject().put("id", "b").put("state", "queued").put("position", 1));
      assertThat(client.nextFrom("tox.output.b")).isEqualTo(queued(0, 1, "a"));
      run(client, "c");
      assertThat(client.nextFrom("reply").getInteger("position")).isEqualTo(2);
      assertThat(client.nextFrom("tox.output.c")).isEqualTo(queued(0, 2, "b"));
      assertThat(runner.nextStart().getLong("nextSeq")).isZero();
      runner.exit("a", 0, 0);
      client.nextFrom("tox.output.a");
      assertThat(client.nextFrom("tox.output.c")).isEqualTo(queued(1, 1, "b"));
      JsonObject second = runner.nextStart();
      assertThat(second.getJsonObject("run").getString("id")).isEqualTo("b");
      assertThat(second.getLong("nextSeq")).isEqualTo(1);
    }
  }

  @Test
  void anIdThatIsTakenIsRefused() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port);
        BridgeSocket other = new BridgeSocket(port)) {
      run(client, "a");
      client.nextFrom("reply");
      run(other, "a");
      assertThat(error(other, 409)).startsWith("id: a is taken");
    }
  }

  @Test
  void oneRunMoreThanTheQueueHoldsIsRefused() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port);
        BridgeSocket other = new BridgeSocket(port)) {
      run(client, "a");
      client.nextFrom("reply");
      for (String id : new String[] {"b", "c"}) {
        run(client, id);
        client.nextFrom("reply");
        client.nextFrom("tox.output." + id);
      }
      run(other, "d");
      assertThat(error(other, 429))
          .isEqualTo("the queue is full: 2 runs are waiting; try again later");
    }
  }

  @Test
  void aPingTellsHowMuchThereIsToDo() throws Exception {
    try (TestClient client = new TestClient(port)) {
      for (String id : new String[] {"a", "b", "c"}) {
        client.runDetached(id);
      }
      JsonObject pong = client.answer("tox.ping", new JsonObject());
      assertThat(pong.getInteger("tasks")).isEqualTo(4);
      assertThat(pong.getInteger("running")).isEqualTo(1);
      assertThat(pong.getInteger("queued")).isEqualTo(2);
      assertThat(pong.getString("version")).isEqualTo("test");
      assertThat(pong.getDouble("uptime")).isBetween(0.0, 600.0);
      assertThat(pong.getDouble("time") * 1_000)
          .isBetween(System.currentTimeMillis() - 60_000.0, System.currentTimeMillis() + 1.0);
    }
  }

  @Test
  void whoAsksForHeartbeatsGetsThemWhileItsRunWaitsAndNotAfterwards() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      run(client, "a");
      client.nextFrom("reply");
      client.register("b");
      client.request(
          "tox.run",
          new JsonObject().put("id", "b").put("args", new JsonArray()).put("timeout", 0.1));
      client.nextFrom("reply");
      client.nextFrom("tox.output.b");
      JsonObject beat = new JsonObject().put("type", "heartbeat").put("state", "QUEUED");
      assertThat(client.nextFrom("tox.output.b")).isEqualTo(beat);
      assertThat(client.nextFrom("tox.output.b")).isEqualTo(beat);
      client.request("tox.cancel", new JsonObject().put("id", "b"));
      JsonObject event = client.next().getJsonObject("body");
      while (!event.getString("type", "").equals("exit")) {
        assertThat(event).isEqualTo(beat);
        event = client.next().getJsonObject("body");
      }
      client.nextFrom("reply");
      // Ten periods later, by a run of another's that beats as often.
      client.register("c");
      client.request(
          "tox.run",
          new JsonObject().put("id", "c").put("args", new JsonArray()).put("timeout", 0.1));
      client.nextFrom("reply");
      client.nextFrom("tox.output.c");
      for (int n = 0; n < 10; n++) {
        assertThat(client.nextFrom("tox.output.c")).isEqualTo(beat);
      }
    }
  }

  @Test
  void whoAsksWhenItHasSeenTheExitFindsThePlaceFree() throws Exception {
    try (BridgeSocket client = new BridgeSocket(port)) {
      for (int n = 0; n < 300; n++) {
        run(client, "a");
        assertThat(client.nextFrom("reply").getString("state")).isEqualTo("running");
        runner.exit("a", 0, 0);
        assertThat(client.nextFrom("tox.output.a").getString("type")).isEqualTo("exit");
        client.send(new JsonObject().put("type", "unregister").put("address", "tox.output.a"));
      }
    }
  }

  @Test
  void withoutARunnerTheRunEndsWithAnErrorAndTheServerGoesOn() throws Exception {
    runner.leave();
    try (BridgeSocket client = new BridgeSocket(port)) {
      run(client, "a");
      client.nextFrom("reply");
      JsonObject exit = client.nextFrom("tox.output.a");
      assertThat(exit.getInteger("returncode")).isEqualTo(126);
      assertThat(exit.getString("error")).contains("runner");
    }
  }

  private static void run(BridgeSocket client, String id) throws Exception {
    client.register(id);
    client.request(
        "tox.run", new JsonObject().put("id", id).put("args", new JsonArray().add("-e")));
  }

  private static JsonObject queued(int seq, int position, String behind) {
    return new JsonObject()
        .put("seq", seq)
        .put("type", "queued")
        .put("position", position)
        .put("behind", new JsonObject().put("id", behind).put("args", new JsonArray().add("-e")));
  }

  private static String error(BridgeSocket client, int code) throws Exception {
    JsonObject frame = client.next();
    assertThat(frame.getString("type")).isEqualTo("err");
    assertThat(frame.getString("address")).isEqualTo("reply");
    assertThat(frame.getInteger("failureCode")).isEqualTo(code);
    return frame.getString("message");
  }
}
