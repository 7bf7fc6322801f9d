package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A run has ended, and another has its id; but their runner has not heard of either, since nothing
 * that the server sends comes through. To the runner it is still the first that waits to be
 * acknowledged.
 */
@ExtendWith(VertxExtension.class)
class SameIdTest {
  private static final RunId A = new RunId("a");

  private int port;

  @BeforeEach
  void serve(Vertx vertx) throws Exception {
    port =
        new FakeRunner(vertx).deploy(TestConfig.joinedBy(RunnerAccess.OPEN, false, 60_000)).port();
  }

  @Test
  void whatTheFirstHasLeftIsNotTakenForTheSecond() throws Exception {
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run("a");
      runner.start("a");
      runner.publish("a", exit());
      client.event("a");
      client.runDetached("a");
      try (JoinedRunner back = runner.back()) {
        assertThat(back.join(Map.of(A, 1L)).encode()).isEqualTo("{\"runs\":{}}");
        assertThat(back.start("a")).isZero();
      }
    }
  }

  @Test
  void whatWasTypedIntoTheFirstIsNotTypedIntoTheSecond() throws Exception {
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.runInTerminal("a");
      runner.start("a");
      client
          .socket()
          .request("tox.input", new JsonObject("{\"id\":\"a\",\"offset\":0,\"data\":\"bHM=\"}"));
      runner.order("input");
      runner.publish("a", exit());
      client.event("a");
      assertThat(client.socket().next().encode()).contains("id: the run has ended");
      client.runDetached("a");
      try (JoinedRunner back = runner.back()) {
        back.join(Map.of(A, 1L));
        back.start("a");
        client.answer("tox.cancel", new JsonObject().put("id", "a"));
        assertThat(back.order("cancel").getString("id")).isEqualTo("a");
      }
    }
  }

  private static RunEvent exit() {
    return new RunEvent.Exit(0, 0, false, Optional.empty());
  }
}
