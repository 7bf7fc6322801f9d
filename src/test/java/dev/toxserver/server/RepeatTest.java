package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server knows of a run from those before it: how long it takes, and what it lacks. */
@ExtendWith(VertxExtension.class)
class RepeatTest {
  private FakeRunner runner;
  private int port;
  private int runs;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deployServer(10, 2);
  }

  @Test
  void theAnswerTellsTheMedianOfTheRunsOfTheSameInvocationThatHavePassed() throws Exception {
    try (TestClient client = new TestClient(port)) {
      JsonObject tests = new JsonObject().put("args", new JsonArray().add("-e").add("py"));
      assertThat(end(client, tests, 0, 4_000)).isNull();
      assertThat(end(client, tests, 0, 2_000)).isEqualTo(usual(4.0, 1));
      assertThat(end(client, tests, 0, 30_000)).isEqualTo(usual(3.0, 2));
      assertThat(end(client, tests, 1, 1)).as("it fails").isEqualTo(usual(4.0, 3));
      assertThat(end(client, tests, 0, 1)).isEqualTo(usual(4.0, 3));

      assertThat(end(client, new JsonObject().put("args", new JsonArray().add("-e")), 0, 1))
          .isNull();
      assertThat(end(client, tests.copy().put("folder", "docs"), 0, 1)).isNull();
      JsonObject program = tests.copy();
      program.put("program", program.remove("args"));
      assertThat(end(client, program, 0, 1)).isNull();
    }
  }

  @Test
  void whatRanWithoutADurationDoesNotCount() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.run("a");
      runner.exit("a", 0, 0);
      client.event("a");
      client.socket().register("b");
      JsonObject same = new JsonObject().put("id", "b").put("args", new JsonArray().add("-e"));
      assertThat(client.run(same).containsKey("usual")).isFalse();
    }
  }

  @Test
  void whoRepeatsARunIsToldByNameWhichVariablesItLacks() throws Exception {
    try (TestClient client = new TestClient(port)) {
      JsonObject env = new JsonObject().put("CI", "1").put("B\u001b[2J", "x").put("A", "secret");
      client.run(new JsonObject().put("id", "a").put("args", new JsonArray()).put("env", env));
      client.socket().register("b");
      client.run(
          new JsonObject()
              .put("id", "b")
              .put("rerun", "a")
              .put("env", new JsonObject().put("CI", "0")));

      assertThat(client.event("b"))
          .isEqualTo(
              new JsonObject()
                  .put("type", "notice")
                  .put(
                      "message",
                      "set in the run that is repeated, and not now, since values are kept nowhere:"
                          + " A, B?[2J"));
      runner.nextStart();
      assertThat(runner.nextStart().getJsonObject("run").getJsonObject("env"))
          .isEqualTo(new JsonObject().put("CI", "0"));
    }
  }

  @Test
  void whoLacksNoneIsToldNothing() throws Exception {
    try (TestClient client = new TestClient(port)) {
      JsonObject env = new JsonObject().put("CI", "1");
      client.run(new JsonObject().put("id", "a").put("args", new JsonArray()).put("env", env));
      client.socket().register("b");
      client.run(new JsonObject().put("id", "b").put("rerun", "a").put("env", env));
      runner.exit("b", 0, 0);
      assertThat(client.event("b").getString("type")).isEqualTo("exit");
    }
  }

  /** Has a run end after so long; what its answer told of how long it usually takes. */
  private JsonObject end(TestClient client, JsonObject request, int returncode, long millis)
      throws Exception {
    String id = "run" + ++runs;
    client.socket().register(id);
    JsonObject answer = client.run(request.copy().put("id", id));
    runner.publish(
        id, new RunEvent.Exit(0, returncode, false, Optional.of(millis), Optional.empty()));
    client.event(id);
    return answer.getJsonObject("usual");
  }

  private static JsonObject usual(double seconds, int runs) {
    return new JsonObject().put("duration", seconds).put("runs", runs);
  }
}
