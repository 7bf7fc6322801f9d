package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.runners.JoinedRunner;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which run goes to which runner, and when. */
@ExtendWith(VertxExtension.class)
class PlacementTest {
  private FakeRunner local;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    local = new FakeRunner(vertx);
    port = local.deploy(TestConfig.joinedBy(RunnerAccess.OPEN, true, 60_000)).port();
  }

  @Test
  void aRunThatNeedsNothingGoesToTheServersOwnRunnerFirst() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311");
        TestClient client = new TestClient(port)) {
      client.run("a");
      client.run("b");
      assertThat(local.nextStart().getJsonObject("run").getString("id")).isEqualTo("a");
      assertThat(runner.start("b")).isZero();
    }
  }

  @Test
  void aRunWaitsForARunnerThatHasWhatItNeedsAndHoldsUpNobodyElse() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311", "gpu");
        TestClient client = new TestClient(port)) {
      assertThat(run(client, "a", "py311").getString("state")).isEqualTo("running");
      assertThat(run(client, "b", "py311", "gpu").getInteger("position")).isEqualTo(1);
      assertThat(run(client, "c").getString("state")).as("it needs nothing").isEqualTo("running");
      assertThat(run(client, "d").getInteger("position")).isEqualTo(2);
      runner.start("a");

      end(runner, "a");
      assertThat(runner.order("acknowledge").getString("id")).isEqualTo("a");

      assertThat(runner.start("b")).as("after its place in the queue").isEqualTo(1);
      local.nextStart();
      local.exit("c", 0, 0);
      assertThat(local.nextStart().getJsonObject("run").getString("id")).isEqualTo("d");
    }
  }

  /** Whoever comes later and could run anywhere does not take the place of one that can not. */
  @Test
  void theFirstThatARunnerCanTakeGetsItSoThatNothingStarves() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311");
        TestClient client = new TestClient(port)) {
      run(client, "a");
      run(client, "b", "py311");
      run(client, "needs", "py311");
      run(client, "any");
      runner.start("b");

      end(runner, "b");
      runner.order("acknowledge");

      assertThat(runner.start("needs")).isEqualTo(1);
    }
  }

  @Test
  void whenARunnerJoinsItGetsWhatWaits() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.run("a");
      client.run("b");
      try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
        assertThat(runner.start("b")).isEqualTo(1);
      }
    }
  }

  @Test
  void aRunThatWaitsForARunnerThatIsGoneIsToldAndWaitsForTheNext() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.socket().register("b");
      try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311")) {
        run(client, "a", "py311");
        runner.start("a");
        run(client, "b", "py311");
        assertThat(client.event("b").getString("type")).isEqualTo("queued");
        // For what it may not say it is thrown out at once.
        runner.publish("b", new RunEvent.Taken());
        assertThat(client.event("b").getString("message"))
            .isEqualTo("no runner has py311 any more; the run waits for one to join");
      }
      try (JoinedRunner next = JoinedRunner.join(port, "r2", "py311")) {
        assertThat(next.start("b")).isEqualTo(1);
      }
    }
  }

  @Test
  void theNextRoundOfALoopWaitsWhereNoRunnerTakesItNowAsEveryRunDoes() throws Exception {
    try (TestClient client = new TestClient(port);
        JoinedRunner leaving = JoinedRunner.join(port, "r1", "py311")) {
      client.run(request("a", "py311").put("detach", true).put("rounds", 9));
      leaving.start("a");
      leaving.leave("a", "py311");
      end(leaving, "a");
      leaving.order("acknowledge");
      client.settle();
      assertThat(
              client.answer("tox.status", new JsonObject()).getJsonArray("runs").getJsonObject(0))
          .as("the next round")
          .contains(Map.entry("round", 2), Map.entry("state", "queued"));
    }
  }

  @Test
  void whatNoRunnerCouldEverTakeIsRefusedAtOnceByName() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311");
        TestClient client = new TestClient(port)) {
      assertThat(client.refusal("tox.run", request("a", "py312", "py311"), 404))
          .isEqualTo("on: no runner has py312; 'runners' shows what each has");
      run(client, "b", "py311");
      assertThat(runner.start("b")).isZero();
    }
  }

  @Test
  void aProgramOfExecGoesWhereItIsWantedAndWaitsForNoRoom() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311");
        TestClient client = new TestClient(port)) {
      run(client, "a", "py311");
      runner.start("a");
      JsonObject program = TestClient.program("b").put("on", new JsonArray().add("py311"));
      assertThat(client.run(program).getString("state")).isEqualTo("running");
      assertThat(runner.start("b")).isZero();
    }
  }

  @Test
  void aRunThatIsRepeatedNeedsWhatItNeededBefore() throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1", "py311");
        TestClient client = new TestClient(port)) {
      run(client, "a", "py311");
      runner.start("a");
      end(runner, "a");
      runner.order("acknowledge");

      client.run(new JsonObject().put("id", "b").put("rerun", "a"));

      assertThat(runner.start("b")).isZero();
    }
  }

  private static JsonObject run(TestClient client, String id, String... on) throws Exception {
    return client.run(request(id, on));
  }

  private static JsonObject request(String id, String... on) {
    JsonArray labels = new JsonArray();
    for (String label : on) {
      labels.add(label);
    }
    return new JsonObject().put("id", id).put("args", new JsonArray()).put("on", labels);
  }

  private static void end(JoinedRunner runner, String id) throws Exception {
    runner.publish(id, new RunEvent.Exit(0, 0, false, Optional.empty()));
  }
}
