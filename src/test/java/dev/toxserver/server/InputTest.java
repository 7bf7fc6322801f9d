package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is typed into runs, over a real bridge, with a runner that does what the test says. */
@ExtendWith(VertxExtension.class)
class InputTest {
  private FakeRunner runner;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deployServer(1, 2);
  }

  @Test
  void whatIsTypedReachesTheRunnerAndItsAnswerTheClient() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      client.socket().request("tox.input", input("a", 7, "ls"));
      Message<JsonObject> order = runner.nextInput();
      assertThat(order.body()).isEqualTo(input("a", 7, "ls"));
      order.reply(new JsonObject().put("offset", 9));
      assertThat(client.socket().nextFrom("reply")).isEqualTo(new JsonObject().put("offset", 9));

      client.socket().request("tox.input", end("last", 9));
      order = runner.nextInput();
      assertThat(order.body()).isEqualTo(end("a", 9));
      order.reply(new JsonObject().put("offset", 9));
      assertThat(client.socket().nextFrom("reply").getLong("offset")).isEqualTo(9);
    }
  }

  @Test
  void aSizeReachesTheRunner() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      assertThat(client.answer("tox.resize", size("a"))).isEqualTo(new JsonObject());
      assertThat(runner.nextSize()).isEqualTo(size("a"));
    }
  }

  @Test
  void whatTheRunnerRefusesIsRefusedInItsWords() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      client.socket().request("tox.input", input("a", 1_000_000, "x"));
      runner.nextInput().fail(400, "offset: there is a gap");
      JsonObject refusal = client.socket().next();
      assertThat(refusal.getInteger("failureCode")).isEqualTo(400);
      assertThat(refusal.getString("message")).isEqualTo("offset: there is a gap");
    }
  }

  @Test
  void onlyTheClientThatHasTheKeyboardCanTypeOrResize() throws Exception {
    try (TestClient client = new TestClient(port);
        TestClient onlooker = new TestClient(port);
        TestClient stranger = new TestClient(port)) {
      client.runInTerminal("a");
      onlooker.attach("a", 0);
      for (TestClient other : new TestClient[] {onlooker, stranger}) {
        assertThat(other.refusal("tox.input", input("a", 0, "rm"), 403))
            .isEqualTo("id: another client has the keyboard of a; 'attach --take' takes it over");
        assertThat(other.refusal("tox.input", end("a", 0), 403)).startsWith("id: another client");
        assertThat(other.refusal("tox.resize", size("a"), 403)).startsWith("id: another client");
      }
      assertThat(runner.inputs()).isZero();
    }
  }

  @Test
  void aRunThatHasEndedTakesNoMore() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      runner.exit("a", 0, 0);
      client.event("a");
      assertThat(client.refusal("tox.input", input("a", 0, "x"), 404))
          .isEqualTo("id: the run has ended");
      assertThat(client.refusal("tox.resize", size("a"), 404)).isEqualTo("id: the run has ended");
      assertThat(client.refusal("tox.input", input("b", 0, "x"), 404))
          .startsWith("id: the server knows no run b");
    }
  }

  @Test
  void aRunThatWasAskedForWithoutTakesNone() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.run("a");
      assertThat(client.refusal("tox.input", input("a", 0, "x"), 400))
          .isEqualTo("id: the run was asked for without a terminal and without stdin");
      assertThat(client.refusal("tox.resize", size("a"), 400))
          .isEqualTo("id: the run was asked for without a terminal");
    }
  }

  @Test
  void whoDoesNotWaitForTheAnswerCostsTheRunnerOnePieceOnly() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      JsonObject most = input("a", 0, "x".repeat(64 * 1024));
      client.socket().request("tox.input", most);
      Message<JsonObject> first = runner.nextInput();
      for (int n = 0; n < 1_000; n++) {
        assertThat(client.refusal("tox.input", most, 429))
            .isEqualTo("an earlier input of this run was not answered yet");
      }
      assertThat(runner.inputs()).isZero();

      client.socket().request("tox.input", input("a", 0, ""));
      runner.nextInput().reply(new JsonObject().put("offset", 5));
      assertThat(client.socket().nextFrom("reply").getLong("offset"))
          .as("who only asks may ask meanwhile")
          .isEqualTo(5);

      first.reply(new JsonObject().put("offset", 10));
      assertThat(client.socket().nextFrom("reply").getLong("offset")).isEqualTo(10);
      client.socket().request("tox.input", input("a", 10, "y"));
      assertThat(runner.nextInput().body()).isEqualTo(input("a", 10, "y"));
    }
  }

  @Test
  void whoIsBackByAnotherConnectionNeedNotWaitForWhatTheOldOneHasSent() throws Exception {
    try (TestClient old = new TestClient(port);
        TestClient again = new TestClient(port)) {
      old.runInTerminal("a");
      old.socket().request("tox.input", input("a", 0, "x"));
      Message<JsonObject> first = runner.nextInput();
      again.comeBack("a", 0);
      again.socket().request("tox.input", input("a", 0, "y"));
      Message<JsonObject> second = runner.nextInput();

      first.reply(new JsonObject().put("offset", 1));
      again.settle();
      assertThat(again.refusal("tox.input", input("a", 0, "z"), 429)).startsWith("an earlier");
      second.reply(new JsonObject().put("offset", 2));
      assertThat(again.socket().nextFrom("reply").getLong("offset")).isEqualTo(2);
    }
  }

  @Test
  void ofARunThatWaitsNothingIsTakenAndTheNewestSizeIsTheFirst() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runDetached("before");
      runner.nextStart();
      client.runInTerminal("a");
      client.event("a");
      assertThat(client.answer("tox.input", input("a", 0, "early")).getLong("offset")).isZero();
      assertThat(client.answer("tox.input", input("a", 0, "")).getLong("offset")).isZero();
      client.answer("tox.resize", size("a"));
      assertThat(runner.inputs()).isZero();

      runner.exit("before", 0, 0);
      JsonObject terminal = runner.nextStart().getJsonObject("run").getJsonObject("terminal");
      assertThat(terminal)
          .isEqualTo(new JsonObject().put("columns", 60).put("rows", 20).put("term", "xterm"));
    }
  }

  @Test
  void aStormOfSizesIsPassedOnAsItComesAndImpossibleOnesAreNot() throws Exception {
    try (TestClient client = new TestClient(port)) {
      client.runInTerminal("a");
      for (Object columns : new JsonArray().add(0).add(1_000_000_000).add(-1).add(10_000)) {
        JsonObject impossible = size("a").put("columns", columns);
        assertThat(client.refusal("tox.resize", impossible, 400)).startsWith("columns: ");
      }
      for (int columns = 1; columns <= 1_000; columns++) {
        client.answer("tox.resize", size("a").put("columns", columns));
      }
      for (int columns = 1; columns <= 1_000; columns++) {
        assertThat(runner.nextSize().getInteger("columns")).isEqualTo(columns);
      }
    }
  }

  private static JsonObject input(String id, long offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonObject()
        .put("id", id)
        .put("offset", offset)
        .put("data", Base64.getEncoder().encodeToString(bytes));
  }

  private static JsonObject end(String id, long offset) {
    return new JsonObject().put("id", id).put("offset", offset).put("end", true);
  }

  private static JsonObject size(String id) {
    return new JsonObject().put("id", id).put("columns", 60).put("rows", 20);
  }
}
