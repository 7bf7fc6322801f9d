package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A runner's answer to input that the server does not wait for any more, or never has: an honest
 * one sends it when it has lost its connection, or when the run has just ended.
 */
@ExtendWith(VertxExtension.class)
class LateAnswersTest {
  private int port;
  private JoinedRunner runner;
  private TestClient client;

  @BeforeEach
  void runInTerminal(Vertx vertx) throws Exception {
    port =
        new FakeRunner(vertx).deploy(TestConfig.joinedBy(RunnerAccess.OPEN, false, 60_000)).port();
    runner = JoinedRunner.join(port, "r1");
    client = new TestClient(port);
    client.runInTerminal("a");
    runner.start("a");
  }

  @AfterEach
  void close() throws Exception {
    runner.close();
    client.close();
  }

  @Test
  void askedAgainAfterALossARunnerMayAnswerTwiceAndKeepsItsRuns() throws Exception {
    JsonObject first = type("a", runner);
    try (JoinedRunner back = runner.back()) {
      back.join(Map.of(new RunId("a"), 0L));
      JsonObject again = back.socket().next();
      assertThat(again).isEqualTo(first);

      back.socket().send(taken(first));
      back.socket().send(taken(again));

      assertThat(client.socket().nextFrom("reply").encode()).isEqualTo("{\"offset\":2}");
      back.awaitPong();
      back.publish("a", exit());
      assertThat(client.event("a").getInteger("returncode")).isZero();
    }
  }

  @Test
  void theRunHasEndedMeanwhile() throws Exception {
    JsonObject input = type("a", runner);
    runner.publish("a", exit());
    client.event("a");
    assertThat(client.socket().next().getInteger("failureCode"))
        .isEqualTo(ErrorCode.NOT_FOUND.number());

    runner.socket().send(taken(input));

    runner.awaitPong();
  }

  /** Nor to any that a server asks for which has begun since then. */
  @Test
  void itIsToNoInputThatAnotherRunnerWasAsked() throws Exception {
    JsonObject input = type("a", runner);
    try (JoinedRunner other = JoinedRunner.join(port, "r2")) {
      client.runInTerminal("b");
      other.start("b");
      JsonObject second = type("b", other);

      other.socket().send(Frames.answer(input, new JsonObject().put("offset", 0)));
      other.socket().send(taken(second));

      assertThat(client.socket().nextFrom("reply").encode()).isEqualTo("{\"offset\":2}");
    }
  }

  /** Types two bytes; the order that the runner gets. */
  private JsonObject type(String id, JoinedRunner itsRunner) throws IOException {
    client
        .socket()
        .request("tox.input", new JsonObject().put("id", id).put("offset", 0).put("data", "bHM="));
    return itsRunner.socket().next();
  }

  private static JsonObject taken(JsonObject order) {
    return Frames.answer(order, new JsonObject().put("offset", 2));
  }

  private static RunEvent exit() {
    return new RunEvent.Exit(0, 0, false, Optional.empty());
  }
}
