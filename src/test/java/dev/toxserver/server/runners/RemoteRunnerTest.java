package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a runner elsewhere gets, and what it may publish. */
@ExtendWith(VertxExtension.class)
class RemoteRunnerTest {
  private JoinedRunner runner;
  private TestClient client;

  @BeforeEach
  void join(Vertx vertx) throws Exception {
    int port =
        new FakeRunner(vertx).deploy(TestConfig.joinedBy(RunnerAccess.OPEN, false, 60_000)).port();
    runner = JoinedRunner.join(port, "r1");
    client = new TestClient(port);
  }

  @AfterEach
  void close() throws Exception {
    runner.close();
    client.close();
  }

  @Test
  void itCarriesOutARunAndItsReadersGetTheEventsAsTheServersOwn() throws Exception {
    client.run("a");
    assertThat(runner.start("a")).isZero();

    runner.publish("a", new RunEvent.Started(0, 17, List.of("tox")));
    runner.publish("a", output(1, "out"));
    runner.publish("a", new RunEvent.Notice("mind"));
    runner.publish("a", exit(2, 3));

    assertThat(client.event("a").encode())
        .isEqualTo(
            "{\"seq\":0,\"type\":\"started\",\"pid\":17,\"command\":[\"tox\"],\"runner\":\"r1\"}");
    assertThat(client.event("a").getString("data")).isEqualTo("b3V0");
    assertThat(client.event("a").getString("message")).isEqualTo("mind");
    assertThat(client.event("a").encode())
        .isEqualTo("{\"seq\":2,\"type\":\"exit\",\"returncode\":3,\"cancelled\":false}");
    assertThat(status()).contains("\"state\":\"failed\"", "\"runner\":\"r1\"");
  }

  @Test
  void thatItWaitsForKeysIsToldItsReadersAndInAStatusUntilMoreComes() throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("a", new RunEvent.Started(0, 17, List.of("tox")));
    runner.publish("a", new RunEvent.KeysAwaited(1));
    client.event("a");
    assertThat(client.event("a").encode()).isEqualTo("{\"seq\":1,\"type\":\"waiting\"}");
    assertThat(status()).contains("\"waiting\":true");
    runner.publish("a", output(2, "out"));
    client.event("a");
    assertThat(status()).doesNotContain("waiting");
  }

  @Test
  void itIsToldWhatWasReadAndAtTheEndThatNothingNeedBeKept() throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("a", output(0, "out"));
    assertThat(runner.order("acknowledge").encode()).isEqualTo("{\"id\":\"a\",\"seq\":0}");
    runner.publish("a", exit(1, 0));
    assertThat(runner.order("acknowledge").encode()).isEqualTo("{\"id\":\"a\",\"seq\":1}");
  }

  @Test
  void itIsToldOfACancelAndOfATerminalsSize() throws Exception {
    client.runInTerminal("a");
    runner.start("a");
    client.answer("tox.resize", new JsonObject("{\"id\":\"a\",\"columns\":90,\"rows\":20}"));
    assertThat(runner.order("resize").getInteger("columns")).isEqualTo(90);
    client.answer("tox.cancel", new JsonObject().put("id", "a"));
    assertThat(runner.order("cancel").getString("id")).isEqualTo("a");
  }

  @Test
  void whatIsTypedGoesThereAndItsAnswerBack() throws Exception {
    client.runInTerminal("a");
    runner.start("a");
    client
        .socket()
        .request("tox.input", new JsonObject("{\"id\":\"a\",\"offset\":0,\"data\":\"bHM=\"}"));
    JsonObject order = runner.socket().next();
    assertThat(order.getJsonObject("body").getString("data")).isEqualTo("bHM=");

    runner
        .socket()
        .send(
            new JsonObject()
                .put("type", "message")
                .put("address", order.getString("replyAddress"))
                .put("body", new JsonObject().put("offset", 2)));

    assertThat(client.socket().nextFrom("reply").encode()).isEqualTo("{\"offset\":2}");
  }

  static List<Function<JoinedRunner, RunEvent>> forbidden() {
    return List.of(
        runner -> output(1, "not the next"),
        runner -> new RunEvent.Queued(0, 1, Optional.empty()),
        runner -> new RunEvent.Unknown(0),
        runner -> new RunEvent.Hole(0, 9, Optional.empty()),
        runner -> new RunEvent.Taken(),
        runner -> new RunEvent.Lost(),
        runner -> new RunEvent.End(),
        runner -> RunEvent.Exit.lost(0, false, "I say so"));
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void whatNoRunnerHasToSayEndsItAndItsRunsAreLost(Function<JoinedRunner, RunEvent> event)
      throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("a", event.apply(runner));
    runner.lastWord();
    assertThat(client.event("a").encode())
        .contains("\"seq\":0,\"type\":\"exit\",\"returncode\":125", "broke the protocol")
        .contains("\"lost\":true");
    assertThat(client.answer("tox.status", new JsonObject()).encode())
        .contains("\"state\":\"lost\"");
    assertThat(client.answer("tox.runners", new JsonObject()).encode())
        .isEqualTo("{\"runners\":[]}");
  }

  @Test
  void itCanNotPublishForARunOfAnotherRunner() throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("b", output(0, "forged"));
    assertThat(runner.lastWord()).contains("run b was not placed with this runner");
  }

  @Test
  void itCanNotPublishAfterTheEnd() throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("a", exit(0, 0));
    runner.publish("a", output(1, "late"));
    assertThat(runner.lastWord()).contains("run a was not placed with this runner");
    assertThat(client.event("a").getString("type")).isEqualTo("exit");
  }

  @Test
  void itCanNotSayThatARunIsSomewhereElse() throws Exception {
    client.run("a");
    runner.start("a");
    runner.publish("a", new RunEvent.Started(0, 1, List.of()).on(new RunnerName("r2")));
    assertThat(client.event("a").getString("runner")).isEqualTo("r1");
  }

  /** Else a client would follow a run of whoever's choice. */
  @Test
  void itCanNotSayWhatFollowsARun() throws Exception {
    client.run("a");
    runner.start("a");
    RunEvent.Next forged = new RunEvent.Next(new RunId("b"), new RunId("a"));
    runner.publish("a", exit(0, 0).followedBy(Optional.of(forged)));
    assertThat(client.event("a").encode())
        .isEqualTo("{\"seq\":0,\"type\":\"exit\",\"returncode\":0,\"cancelled\":false}");
  }

  /** Its readers have taken nothing: whoever sends on all the same would fill the server. */
  @Test
  void itCanNotSendMoreThanItsWindow() throws Exception {
    client.run("a");
    runner.start("a");
    client.answer("tox.acknowledge", new JsonObject("{\"id\":\"a\",\"seq\":0}"));
    String big = "x".repeat(65_536);
    for (int seq = 0; seq < 60; seq++) {
      runner.publish("a", output(seq, big));
    }
    runner.awaitPong();

    sendOn(60, big);

    JsonObject event = client.event("a");
    while (!event.getString("type").equals("exit")) {
      event = client.event("a");
    }
    assertThat(event.getString("error")).contains("more of run a is under way than may be");
  }

  @Test
  void ofItsNoticesNoMoreIsPassedOnThanAHundredThousandCharacters() throws Exception {
    client.run("a");
    runner.start("a");
    String half = "x".repeat(50_000);
    for (String message : List.of(half, half, "one too many")) {
      runner.publish("a", new RunEvent.Notice(message));
    }
    runner.publish("a", exit(0, 0));

    assertThat(client.event("a").getString("message")).isEqualTo(half);
    assertThat(client.event("a").getString("message")).isEqualTo(half);
    assertThat(client.event("a").getString("type")).isEqualTo("exit");
  }

  private String status() throws Exception {
    return client.answer("tox.status", new JsonObject()).encode();
  }

  /** Until the server hangs up. */
  private void sendOn(long seq, String data) throws IOException {
    try {
      for (long next = seq; next < seq + 100; next++) {
        runner.publish("a", output(next, data));
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset).*");
    }
  }

  private static RunEvent.Output output(long seq, String text) {
    return new RunEvent.Output(seq, Stream.STDOUT, text.getBytes());
  }

  private static RunEvent.Exit exit(long seq, int returncode) {
    return new RunEvent.Exit(seq, returncode, false, Optional.empty());
  }
}
