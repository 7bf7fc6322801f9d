package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may join a server as a runner, and by what name. */
@ExtendWith(VertxExtension.class)
class JoiningTest {
  private static final String TOKEN = "a-token-of-runners";

  private Vertx vertx;

  @BeforeEach
  void keep(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void whoHasJoinedIsListedWithWhatItHas() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first");
        TestClient client = new TestClient(port)) {
      assertThat(runner.join("test", 2, Map.of(), "py311", "gpu"))
          .isEqualTo(new JsonObject("{\"runs\":{}}"));

      assertThat(client.answer("tox.runners", new JsonObject()).getJsonArray("runners"))
          .hasSize(2)
          .last()
          .asString()
          .contains("\"name\":\"r1\",\"state\":\"idle\",\"labels\":[\"py311\",\"gpu\"]")
          .contains("\"capacity\":2,\"busy\":0,\"address\":\"127.0.0.1:", "\"version\":\"test\"");
    }
  }

  @Test
  void aClientsTokenOrNoneDoesNotLetARunnerJoin() throws Exception {
    int port = serve(RunnerAccess.wanting(new Token(TOKEN)));
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first")) {
      assertThat(runner.join(Map.of()).encode())
          .contains("\"failureCode\":403", "only runners that show the server's runner token");
    }
    int closed = serve(RunnerAccess.CLOSED);
    try (JoinedRunner runner = new JoinedRunner(closed, "r1", "first")) {
      runner.socket().send(Frames.withToken(Frames.ping(), TOKEN));
      runner.socket().next();
      assertThat(runner.join(Map.of()).encode()).contains("\"failureCode\":403");
    }
  }

  @Test
  void theRunnersTokenDoes() throws Exception {
    int port = serve(RunnerAccess.wanting(new Token(TOKEN)));
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first")) {
      runner.socket().show(TOKEN);
      assertThat(runner.join(Map.of()).encode()).isEqualTo("{\"runs\":{}}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tox.run", "tox.ping", "tox.quit", "tox.input", "tox.runners"})
  void whoHasJoinedCanAskForNothingThatClientsAskFor(String address) throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      runner.socket().request(address, new JsonObject());
      assertThat(runner.socket().next().encode())
          .contains("\"failureCode\":403", "is for clients, and not for runners");
    }
  }

  @Test
  void whoHasJoinedCanNotReadOthersRuns() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      runner.socket().send(new JsonObject().put("type", "register").put("address", "tox.output.a"));
      assertThat(runner.socket().next().encode()).contains("\"failureCode\":403");
    }
  }

  @Test
  void whoHasANameKeepsItForAsLongAsItIsThere() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner second = new JoinedRunner(port, "r1", "second")) {
      try (JoinedRunner first = JoinedRunner.join(port, "r1")) {
        assertThat(second.join(Map.of()).encode())
            .contains("\"failureCode\":409", "a runner r1 has joined from 127.0.0.1:", "--name");
        assertThat(first.socket().isAnswered()).isTrue();
      }
      JsonObject answer = second.join(Map.of());
      while (answer.containsKey("failureCode")) {
        answer = second.join(Map.of());
      }
      assertThat(answer.encode()).isEqualTo("{\"runs\":{}}");
    }
  }

  @Test
  void aRunnerOfAnotherVersionIsToldToInstallTheSame() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first")) {
      assertThat(runner.join("0.0.7", 1, Map.of()).encode())
          .contains("\"failureCode\":403", "the server is test, this runner 0.0.7");
    }
  }

  @Test
  void aWindowIsNotLargerThanTheServers() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    JsonObject body =
        new JsonObject(
            "{\"name\":\"r1\",\"session\":\"s\",\"version\":\"test\",\"capacity\":1,"
                + "\"window\":1048577,\"gone\":1,\"labels\":[],\"runs\":{}}");
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first")) {
      runner.socket().request("tox.runner.join", body);
      assertThat(runner.socket().next().encode())
          .contains("\"failureCode\":403", "the server's is 1048576 bytes", "the same --window");
      runner.socket().request("tox.runner.join", body.put("window", 1_048_576));
      assertThat(runner.socket().next().getString("type")).isEqualTo("message");
    }
  }

  /** Nor does one by another name stay in the list when its connection is closed. */
  @ParameterizedTest
  @CsvSource({"r2, first", "r1, second"})
  void byAConnectionThatHasJoinedNoOtherRunnerDoes(String name, String session) throws Exception {
    int port = serve(RunnerAccess.OPEN);
    JsonObject body =
        new JsonObject(
                "{\"version\":\"test\",\"capacity\":1,\"window\":1,\"gone\":1,\"labels\":[],"
                    + "\"runs\":{}}")
            .put("name", name)
            .put("session", session);
    try (JoinedRunner runner = JoinedRunner.join(port, "r1");
        TestClient client = new TestClient(port)) {
      runner.socket().request("tox.runner.join", body);
      assertThat(runner.lastWord()).contains("another runner has joined by this connection");
      assertThat(client.answer("tox.runners", new JsonObject()).getJsonArray("runners"))
          .hasSize(2)
          .last()
          .asString()
          .contains("\"name\":\"r1\"");
    }
  }

  @Test
  void nobodyIsCalledAsTheServersOwnRunner() throws Exception {
    int port = serve(RunnerAccess.OPEN);
    try (JoinedRunner runner = new JoinedRunner(port, "local", "first")) {
      assertThat(runner.join(Map.of()).encode())
          .contains("\"failureCode\":403", "local is the server's own runner");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "name, a.start",
    "name, ''",
    "session, ''",
    "capacity, -1",
    "capacity, 1001",
    "labels, [\" \"]",
    "runs, []"
  })
  void whatIsNoJoinClosesTheConnection(String field, String value) throws Exception {
    int port = serve(RunnerAccess.OPEN);
    JsonObject body =
        new JsonObject(
            "{\"name\":\"r1\",\"session\":\"s\",\"version\":\"test\",\"capacity\":1,"
                + "\"window\":65536,\"gone\":1,\"labels\":[],\"runs\":{}}");
    Object given =
        value.matches("[\\[-].*|\\d+")
            ? new JsonObject("{\"v\":" + value + "}").getValue("v")
            : value;
    try (JoinedRunner runner = new JoinedRunner(port, "r1", "first")) {
      runner.socket().request("tox.runner.join", body.put(field, given));
      assertThat(runner.lastWord()).startsWith(field + ": ");
    }
  }

  private int serve(RunnerAccess access) throws Exception {
    return new FakeRunner(vertx).deploy(TestConfig.joinedBy(access, true, 60_000)).port();
  }
}
