package dev.toxserver.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that take a run and its keyboard from those that have them. */
@ExtendWith(VertxExtension.class)
class TakeOverTest {
  private static final JsonObject TAKEN = new JsonObject().put("type", "taken");
  private static final ServerConfig.Patience LONG_GRACE =
      new ServerConfig.Patience(60_000, 60_000, 60_000);
  private static final ServerConfig.Patience SHORT_GRACE =
      new ServerConfig.Patience(60_000, 60_000, 1);

  private FakeRunner runner;

  @BeforeEach
  void fake(Vertx vertx) {
    runner = new FakeRunner(vertx);
  }

  @Test
  void whoTakesARunHasItsKeyboardAndWhoHadItIsToldAndReadsOn() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient first = new TestClient(port);
        TestClient onlooker = new TestClient(port);
        TestClient taker = new TestClient(port)) {
      first.runInTerminal("a");
      onlooker.attach("a", 0);
      assertThat(taker.take("a").getLong("hold")).isEqualTo(1);
      assertThat(first.event("a")).isEqualTo(TAKEN);
      assertMayType(taker);
      assertThat(first.refusal("tox.input", key("x"), 403)).startsWith("id: another client");

      runner.exit("a", 0, 0);
      for (TestClient reader : new TestClient[] {first, onlooker, taker}) {
        assertThat(reader.event("a").getString("type"))
            .as("nobody but the first is told")
            .isEqualTo("exit");
      }
    }
  }

  @Test
  void whoIsRefusedHasNotTakenTheRun() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient first = new TestClient(port);
        TestClient onlooker = new TestClient(port);
        TestClient ahead = new TestClient(port)) {
      first.runInTerminal("a");
      onlooker.attach("a", 0);
      JsonObject take = new JsonObject().put("id", "a").put("take", true);
      assertThat(onlooker.refusal("tox.attach", take.copy().put("from", 0), 400))
          .endsWith("gets the events of a already");
      assertThat(ahead.refusal("tox.attach", take.copy().put("from", 99), 400))
          .startsWith("from: ");
      assertMayType(first);
    }
  }

  @Test
  void theRunEndsWithWhoeverHasItAndNotWithWhoHadItBefore() throws Exception {
    int port = deploy(SHORT_GRACE);
    TestClient first = new TestClient(port);
    try (TestClient taker = new TestClient(port)) {
      first.runInTerminal("a");
      taker.take("a");
      first.close();
      TestClient.awaitGrace(port);
      assertThat(runner.wasCancelled()).isFalse();
    }
    assertThat(runner.nextCancel()).isEqualTo("a");
  }

  @Test
  void whoWasAwayWhenItsRunWasTakenComesBackAsAnOnlooker() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient taker = new TestClient(port);
        TestClient back = new TestClient(port)) {
      try (TestClient first = new TestClient(port)) {
        first.runInTerminal("a");
      }
      taker.settle();
      taker.take("a");
      assertThat(back.comeBack("a", 0).containsKey("hold")).isFalse();
      assertMayType(taker);
      assertThat(back.refusal("tox.input", key("x"), 403)).startsWith("id: another client");
    }
  }

  @Test
  void whoHasTakenARunComesBackToItByItsHold() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient first = new TestClient(port);
        TestClient again = new TestClient(port)) {
      first.runInTerminal("a");
      try (TestClient taker = new TestClient(port)) {
        taker.take("a");
      }
      again.settle();
      JsonObject request = new JsonObject().put("id", "a").put("requester", true).put("hold", 1);
      assertThat(again.answer("tox.attach", request).getLong("hold")).isEqualTo(1);
      assertMayType(again);
    }
  }

  @Test
  void whoAskedForTheRunAndWasNotTakenFromComesBackWithTheFirstHold() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient again = new TestClient(port)) {
      try (TestClient first = new TestClient(port)) {
        first.runInTerminal("a");
      }
      again.settle();
      assertThat(again.comeBack("a", 0).getLong("hold")).isZero();
    }
  }

  @Test
  void itCanBeTakenFromOneAfterTheOtherWhileItWaitsToo() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient first = new TestClient(port);
        TestClient second = new TestClient(port);
        TestClient third = new TestClient(port)) {
      first.runDetached("before");
      first.runInTerminal("a");
      first.event("a");
      second.take("a");
      second.event("a");
      assertThat(third.take("a").getLong("hold")).isEqualTo(2);
      assertThat(first.event("a")).isEqualTo(TAKEN);
      assertThat(second.event("a")).isEqualTo(TAKEN);
    }
  }

  @Test
  void aDetachedRunThatIsTakenStaysDetached() throws Exception {
    int port = deploy(SHORT_GRACE);
    try (TestClient other = new TestClient(port)) {
      other.runDetached("a");
      try (TestClient taker = new TestClient(port)) {
        taker.take("a");
        taker.settle();
      }
      TestClient.awaitGrace(port);
      assertThat(runner.wasCancelled()).isFalse();
    }
  }

  @Test
  void ofARunThatHasEndedNobodyHasTheKeyboard() throws Exception {
    int port = deploy(LONG_GRACE);
    try (TestClient first = new TestClient(port);
        TestClient taker = new TestClient(port)) {
      first.run("a");
      runner.exit("a", 0, 0);
      first.event("a");
      JsonObject answer = taker.take("a");
      assertThat(answer.getString("state")).isEqualTo("passed");
      assertThat(answer.containsKey("hold")).isFalse();
      assertThat(taker.event("a").getString("type")).isEqualTo("exit");
    }
  }

  @Test
  void whoSitsInADebuggerAndPingsIsNotGivenUp() throws Exception {
    int port = deploy(new ServerConfig.Patience(60_000, 60_000, 10, 200));
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      long end = System.nanoTime() + 1_000_000_000;
      while (System.nanoTime() < end) {
        assertThat(client.socket().isAnswered()).isTrue();
      }
      assertThat(runner.wasCancelled()).isFalse();
    }
  }

  private void assertMayType(TestClient client) throws Exception {
    client.socket().request("tox.input", key("x"));
    runner.nextInput().reply(new JsonObject().put("offset", 1));
    assertThat(client.socket().nextFrom("reply").getLong("offset")).isEqualTo(1);
  }

  private static JsonObject key(String base64) {
    return new JsonObject().put("id", "a").put("offset", 0).put("data", base64 + "A==");
  }

  private int deploy(ServerConfig.Patience patience) throws Exception {
    return runner.deploy(TestConfig.server(patience)).port();
  }
}
