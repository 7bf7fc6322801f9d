package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readers that say what they have taken. */
@ExtendWith(VertxExtension.class)
class AcknowledgeTest {
  private static final long PATIENCE_MILLIS = 200;

  private FakeRunner runner;
  private int port;
  private TestClient requester;
  private TestClient reader;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port =
        runner
            .deploy(TestConfig.server(new ServerConfig.Patience(60_000, PATIENCE_MILLIS, 60_000)))
            .port();
    requester = new TestClient(port);
    reader = new TestClient(port);
    requester.runDetached("a");
    runner.nextStart();
  }

  @AfterEach
  void leave() throws Exception {
    requester.close();
    reader.close();
  }

  @Test
  void whoHasSaidItOnceIsWaitedFor() throws Exception {
    reader.socket().register("a");
    runner.output("a", 0, 1, 10);
    runner.awaitAcknowledge(0);
    reader.event("a");
    reader.acknowledge("a", 0);
    runner.output("a", 1, 3, 10);
    reader.event("a");
    reader.event("a");
    requester.settle();
    assertThat(runner.acknowledged()).isEmpty();
    reader.acknowledge("a", 1);
    runner.awaitAcknowledge(1);
    reader.acknowledge("a", 2);
    runner.awaitAcknowledge(2);
  }

  @Test
  void whoSaysItNoMoreIsCutOffAndTheRunGoesOn() throws Exception {
    reader.attach("a", 0);
    reader.acknowledge("a", 0);
    runner.output("a", 0, 3, 10);
    assertThat(reader.socket().isClosedByServer()).isTrue();
    runner.awaitAcknowledge(2);
  }

  @Test
  void whoLeavesIsWaitedForNoMore() throws Exception {
    reader.attach("a", 0);
    reader.acknowledge("a", 0);
    runner.output("a", 0, 3, 10);
    reader.close();
    runner.awaitAcknowledge(2);
  }

  @Test
  void whoUnregistersIsWaitedForNoMoreAndNotCutOff() throws Exception {
    reader.socket().register("a");
    reader.acknowledge("a", 0);
    reader.socket().send(new JsonObject().put("type", "unregister").put("address", "tox.output.a"));
    reader.settle();
    runner.output("a", 0, 3, 10);
    runner.awaitAcknowledge(2);
    runner.exit("a", 3, 0);
    assertOpenAfterPatience();
  }

  @Test
  void whoHasReadARunToItsExitIsNotCutOffForWhatItSaysTooLate() throws Exception {
    reader.socket().register("a");
    reader.acknowledge("a", 0);
    runner.output("a", 0, 1, 10);
    reader.event("a");
    runner.exit("a", 1, 0);
    assertThat(reader.event("a").getString("type")).isEqualTo("exit");
    assertOpenAfterPatience();
  }

  @Test
  void moreThanThereIsCountsAsAll() throws Exception {
    reader.attach("a", 0);
    reader.acknowledge("a", Long.MAX_VALUE);
    // Nothing that was said is taken back.
    reader.acknowledge("a", 0);
    runner.output("a", 0, 3, 10);
    runner.awaitAcknowledge(2);
  }

  @Test
  void thousandsOfThemCostNothing() throws Exception {
    reader.attach("a", 0);
    for (int n = 0; n < 5_000; n++) {
      reader.acknowledge("a", 0);
    }
    runner.output("a", 0, 1, 10);
    assertThat(reader.event("a").getLong("seq")).isZero();
  }

  @Test
  void whoDoesNotReadARunIsRefused() throws Exception {
    JsonObject request = new JsonObject().put("id", "a").put("seq", 0);
    assertThat(reader.refusal("tox.acknowledge", request, 400))
        .startsWith("id: this connection does not get");
    assertThat(reader.refusal("tox.acknowledge", request.copy().put("seq", -1), 400))
        .startsWith("seq: ");
    reader.answer("tox.attach", new JsonObject().put("id", "a").put("follow", false));
    reader.event("a");
    assertThat(reader.refusal("tox.acknowledge", request, 400)).startsWith("id: ");
  }

  /** By another reader that is cut off for its silence: it began to be waited for later. */
  private void assertOpenAfterPatience() throws Exception {
    requester.settle();
    try (TestClient silent = new TestClient(port)) {
      requester.runDetached("b");
      silent.attach("b", 0);
      silent.acknowledge("b", 0);
      runner.output("b", 0, 3, 10);
      assertThat(silent.socket().isClosedByServer()).isTrue();
    }
    reader.settle();
  }
}
