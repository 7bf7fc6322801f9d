package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients whose connections break, and who come back or don't. */
@ExtendWith(VertxExtension.class)
class PresenceTest {
  private static final ServerConfig.Patience LONG_GRACE =
      new ServerConfig.Patience(60_000, 60_000, 60_000);

  private FakeRunner runner;

  @BeforeEach
  void fake(Vertx vertx) {
    runner = new FakeRunner(vertx);
  }

  @Test
  void whileItsClientIsAwayARunWaitsAndWhenItIsBackItGoesOn() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient other = new TestClient(port)) {
      try (TestClient requester = new TestClient(port)) {
        requester.run("a");
        // Else what it has not taken would seem to be taken by nobody.
        requester.acknowledge("a", 0);
        runner.output("a", 0, 2, 10);
        runner.awaitAcknowledge(0);
        requester.event("a");
      }
      other.settle();
      runner.output("a", 2, 4, 10);
      other.settle();
      assertThat(runner.acknowledged()).isEmpty();
      assertThat(runner.wasCancelled()).isFalse();

      other.comeBack("a", 1);
      runner.awaitAcknowledge(3);
      runner.exit("a", 4, 0);
      assertThat(other.eventsToEnd("a"))
          .extracting(event -> event.getLong("seq"))
          .containsExactly(1L, 2L, 3L, 4L);
      assertThat(runner.wasCancelled()).isFalse();
    }
  }

  @Test
  void aClientThatWasBackInTimeIsNotGivenUpLater() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 1_000));
    try (TestClient other = new TestClient(port)) {
      try (TestClient requester = new TestClient(port)) {
        requester.run("a");
      }
      other.settle();
      other.comeBack("a", 0);
      TestClient.awaitGrace(port);
      assertThat(runner.wasCancelled()).isFalse();
    }
  }

  @Test
  void whoseClientIsBackByAnotherConnectionIsItsNoLongerByTheOld() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 100));
    try (TestClient old = new TestClient(port);
        TestClient requester = new TestClient(port)) {
      old.run("a");
      requester.comeBack("a", 0);
      assertThat(old.socket().isClosedByServer()).isTrue();
      TestClient.awaitGrace(port);
      assertThat(runner.wasCancelled()).isFalse();
      runner.exit("a", 0, 0);
      assertThat(requester.event("a").getString("type")).isEqualTo("exit");
    }
  }

  @Test
  void theRunOfAClientThatStaysAwayIsCancelledAndItsOutputWaitsNoLonger() throws Exception {
    int port = deploy(TestConfig.PATIENCE);
    try (TestClient requester = new TestClient(port)) {
      requester.run("a");
    }
    assertThat(runner.nextCancel()).isEqualTo("a");
    runner.output("a", 0, 2, 10);
    runner.awaitAcknowledge(1);
  }

  @Test
  void aRunThatWasCancelledDoesNotWaitForItsClient() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient requester = new TestClient(port)) {
      requester.run("a");
      requester.answer("tox.cancel", new JsonObject().put("id", "a"));
    }
    try (TestClient other = new TestClient(port)) {
      other.settle();
    }
    runner.output("a", 0, 2, 10);
    runner.awaitAcknowledge(1);
  }

  @Test
  void aDetachedRunDoesNotWaitForItsClient() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient other = new TestClient(port)) {
      try (TestClient requester = new TestClient(port)) {
        requester.runDetached("a");
      }
      other.settle();
      runner.output("a", 0, 2, 10);
      runner.awaitAcknowledge(1);
    }
  }

  @Test
  void aDetachedRunDoesNotEndWithItsClient() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 1));
    try (TestClient requester = new TestClient(port)) {
      requester.runDetached("a");
    }
    TestClient.awaitGrace(port);
    assertThat(runner.wasCancelled()).isFalse();
  }

  @Test
  void aClientThatIsSilentForTooLongIsCutOffThoughItsConnectionLooksWell() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 10, 200));
    try (TestClient silent = new TestClient(port);
        TestClient onlooker = new TestClient(port)) {
      silent.run("a");
      onlooker.socket().register("a");
      assertThat(silent.socket().isClosedByServer()).isTrue();
      assertThat(runner.nextCancel()).isEqualTo("a");
      runner.exit("a", 0, 130);
      assertThat(onlooker.event("a").getString("type")).isEqualTo("exit");
    }
  }

  @Test
  void aClientThatReadsAndSaysNothingIsNotSilent() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 10, 200));
    try (TestClient reader = new TestClient(port)) {
      reader.run("a");
      long next = readFor(reader, 1_000);
      assertThat(runner.wasCancelled()).isFalse();
      runner.exit("a", next, 0);
      assertThat(reader.event("a").getString("type")).isEqualTo("exit");
    }
  }

  @Test
  void oneThatSaidHowFarItHasReadHasToGoOnSayingIt() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 10, 200));
    try (TestClient reader = new TestClient(port)) {
      reader.run("a");
      reader.acknowledge("a", 0);
      assertThatThrownBy(() -> readFor(reader, 30_000)).isInstanceOf(IOException.class);
      assertThat(runner.nextCancel()).isEqualTo("a");
    }
  }

  /** Reads events as they come, without a word; the next one's place. */
  private long readFor(TestClient reader, long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    long seq = 0;
    while (System.nanoTime() < end) {
      runner.output("a", seq, seq + 1, 10);
      JsonObject event = reader.event("a");
      while (!event.containsKey("seq")) {
        // A notice that not all of this is kept.
        event = reader.event("a");
      }
      assertThat(event.getLong("seq")).isEqualTo(seq++);
    }
    return seq;
  }

  private int deploy(ServerConfig.Patience patience) throws Exception {
    return runner.deploy(TestConfig.server(patience)).port();
  }
}
