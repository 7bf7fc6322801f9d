package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.runners.JoinedRunner;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that may begin twice, and whose runner does not come back. */
@ExtendWith(VertxExtension.class)
class RetryLostTest {
  private int port;

  @BeforeEach
  void serve(Vertx vertx) throws Exception {
    port = new FakeRunner(vertx).deploy(TestConfig.joinedBy(RunnerAccess.OPEN, false, 200)).port();
  }

  @Test
  void itBeginsOnceMoreOnAnotherAndItsReadersMissNoEvent() throws Exception {
    try (TestClient client = new TestClient(port)) {
      runAndLose(client);
      assertThat(event(client, "notice").getString("message"))
          .isEqualTo(
              "the run is lost: the runner r1 was away for 0.2 s; it is placed once more, and begins"
                  + " anew");
      assertThat(event(client, "queued").getLong("seq")).isEqualTo(1);
      assertThat(status(client)).contains("\"state\":\"queued\"").doesNotContain("\"runner\"");

      try (JoinedRunner second = JoinedRunner.join(port, "r2")) {
        assertThat(second.start("a")).isEqualTo(2);
        second.publish("a", new RunEvent.Started(2, 1, List.of("tox")));
        second.publish("a", new RunEvent.Exit(3, 0, false, Optional.empty()));
        assertThat(event(client, "started").getString("runner")).isEqualTo("r2");
        assertThat(client.event("a").encode())
            .isEqualTo(
                "{\"seq\":3,\"type\":\"exit\",\"returncode\":0,\"cancelled\":false,\"retried\":true}");
        assertThat(status(client)).contains("\"state\":\"passed\"", "\"runner\":\"r2\"");
      }
    }
  }

  /** What kills its runner would else go through all of them. */
  @Test
  void lostAgainItEnds() throws Exception {
    try (TestClient client = new TestClient(port)) {
      runAndLose(client);
      event(client, "queued");
      try (JoinedRunner second = JoinedRunner.join(port, "r2")) {
        second.start("a");
      }
      JsonObject exit = event(client, "exit");
      assertThat(exit.getLong("seq")).isEqualTo(2);
      assertThat(exit.getInteger("returncode")).isEqualTo(125);
      assertThat(exit.getBoolean("lost")).isTrue();
      assertThat(exit.getBoolean("retried")).isTrue();
    }
  }

  @Test
  void itGoesBeforeThoseThatWait() throws Exception {
    try (TestClient client = new TestClient(port)) {
      try (JoinedRunner first = JoinedRunner.join(port, "r1")) {
        client.run(request("a"));
        first.start("a");
        client.runDetached("b");
      }
      while (!status(client).contains("queued")) {
        client.settle();
      }
      try (JoinedRunner second = JoinedRunner.join(port, "r2")) {
        second.start("a");
      }
    }
  }

  @Test
  void whatSomebodyHasCancelledDoesNotBeginAgain() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.socket().register("a");
      try (JoinedRunner first = JoinedRunner.join(port, "r1")) {
        client.run(request("a"));
        first.start("a");
        client.answer("tox.cancel", new JsonObject().put("id", "a"));
      }
      JsonObject exit = event(client, "exit");
      assertThat(exit.getBoolean("lost")).isTrue();
      assertThat(exit.containsKey("retried")).isFalse();
    }
  }

  /** It never waits. */
  @Test
  void aProgramBeginsAgainWhereThereIsARunnerAtOnce() throws Exception {
    try (TestClient client = new TestClient(port);
        JoinedRunner first = JoinedRunner.join(port, "r1")) {
      client.run(TestClient.program("a").put("retryLost", true));
      first.start("a");
      try (JoinedRunner other = JoinedRunner.join(port, "r2")) {
        first.hangUp();
        assertThat(other.start("a")).isZero();
      }
    }
  }

  @Test
  void whatIsTypedIntoCanNotBeginAgain() throws Exception {
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      assertThat(client.refusal("tox.run", request("a").put("stdin", true), 400))
          .startsWith("retryLost: is for runs without terminal and stdin");
      client.run(request("b"));
      runner.start("b");
    }
  }

  /** Its first event came, and its runner is away. */
  private void runAndLose(TestClient client) throws Exception {
    client.socket().register("a");
    try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run(request("a"));
      runner.start("a");
      runner.publish("a", new RunEvent.Output(0, Stream.STDOUT, new byte[] {'x'}));
      assertThat(client.event("a").getLong("seq")).isZero();
    }
    assertThat(event(client, "notice").getString("message")).contains("is away");
  }

  private static JsonObject request(String id) {
    return new JsonObject().put("id", id).put("args", new JsonArray()).put("retryLost", true);
  }

  private static String status(TestClient client) throws Exception {
    return client.answer("tox.status", new JsonObject().put("id", "a")).encode();
  }

  /** The next event of that type; what comes before is passed over. */
  private static JsonObject event(TestClient client, String type) throws Exception {
    JsonObject event = client.event("a");
    while (!event.getString("type").equals(type)) {
      event = client.event("a");
    }
    return event;
  }
}
