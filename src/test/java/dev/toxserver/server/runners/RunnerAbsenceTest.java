package dev.toxserver.server.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerAccess;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the runs of a runner that goes, and comes back or does not. */
@ExtendWith(VertxExtension.class)
class RunnerAbsenceTest {
  private static final long LONG = 60_000;
  private static final RunId A = new RunId("a");

  private Vertx vertx;

  @BeforeEach
  void keep(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void aRunGoesOnAtTheNextEventWhenItsRunnerIsBackAndItsReadersAreToldOfBoth() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run("a");
      runner.start("a");
      runner.publish("a", output(0));
      assertThat(client.event("a").getLong("seq")).isZero();
      runner.hangUp();
      assertThat(client.event("a").getString("message"))
          .isEqualTo("the runner r1 is away; the run waits for it for 60.0 s");
      assertThat(client.answer("tox.runners", new JsonObject()).encode())
          .contains("\"state\":\"away\"", "\"busy\":1");

      try (JoinedRunner back = runner.back()) {
        assertThat(back.join(Map.of(A, 4L)).encode()).isEqualTo("{\"runs\":{\"a\":1}}");
        assertThat(client.event("a").getString("message")).isEqualTo("the runner r1 is back");
        back.publish("a", output(1));
        back.publish("a", exit(2));
        assertThat(client.event("a").getLong("seq")).isEqualTo(1);
        assertThat(client.event("a").getString("type")).isEqualTo("exit");
      }
    }
  }

  @Test
  void whatWasOrderedMeanwhileIsOrderedWhenItIsBack() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.runInTerminal("a");
      runner.start("a");
      runner.publish("a", output(0));
      client.event("a");
      runner.hangUp();
      client.event("a");
      client.answer("tox.cancel", new JsonObject().put("id", "a"));
      client.answer("tox.resize", new JsonObject("{\"id\":\"a\",\"columns\":90,\"rows\":20}"));

      try (JoinedRunner back = runner.back()) {
        back.join(Map.of(A, 1L));
        assertThat(back.order("acknowledge").getLong("seq")).isZero();
        assertThat(back.order("resize").getInteger("columns")).isEqualTo(90);
        assertThat(back.order("cancel").getString("id")).isEqualTo("a");
      }
    }
  }

  @Test
  void whatIsTypedMeanwhileWaitsForItAndIsRefusedWhenItIsGone() throws Exception {
    int port = serve(1_000);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.runInTerminal("a");
      runner.start("a");
      runner.hangUp();
      client.event("a");
      client
          .socket()
          .request("tox.input", new JsonObject("{\"id\":\"a\",\"offset\":0,\"data\":\"bHM=\"}"));
      try (JoinedRunner back = runner.back()) {
        back.join(Map.of(A, 0L));
        assertThat(back.order("input").getString("data")).isEqualTo("bHM=");
      }
      JsonObject frame = client.socket().next();
      while (!"err".equals(frame.getString("type"))) {
        frame = client.socket().next();
      }
      assertThat(frame.getString("message")).isEqualTo("id: the run has ended");
    }
  }

  /** The order may have been lost with the connection. */
  @Test
  void aRunThatItDoesNotHaveIsOrderedAgain() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port)) {
      placeAndLose(client, port);
      client.event("a");
      try (JoinedRunner back = new JoinedRunner(port, "r1", "first")) {
        assertThat(back.join(Map.of()).encode()).isEqualTo("{\"runs\":{}}");
        assertThat(back.start("a")).isZero();
      }
    }
  }

  @Test
  void aRunWhoseRunnerDoesNotComeBackIsLostAndItsPlaceIsFree() throws Exception {
    int port = serve(300);
    try (TestClient client = new TestClient(port)) {
      placeAndLose(client, port);
      assertThat(client.event("a").getString("type")).isEqualTo("notice");
      assertThat(client.event("a").encode())
          .isEqualTo(
              "{\"seq\":0,\"type\":\"exit\",\"returncode\":125,\"cancelled\":false,"
                  + "\"error\":\"the run is lost: the runner r1 was away for 0.3 s\",\"lost\":true}");
      JsonObject pong = client.answer("tox.ping", new JsonObject());
      assertThat(pong.getInteger("running")).isZero();
      try (JoinedRunner back = new JoinedRunner(port, "r1", "first")) {
        assertThat(back.join(Map.of(A, 7L)).encode())
            .as("nobody waits for it any more")
            .isEqualTo("{\"runs\":{}}");
      }
    }
  }

  /** No test is run twice: who wants that asks for another run. */
  @Test
  void aRunnerThatWasStartedAgainHasLostWhatItHad() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port)) {
      placeAndLose(client, port);
      client.event("a");
      try (JoinedRunner again = new JoinedRunner(port, "r1", "second")) {
        assertThat(again.join(Map.of()).encode()).isEqualTo("{\"runs\":{}}");
        assertThat(client.event("a").getString("error"))
            .isEqualTo("the run is lost: the runner r1 was started again");
        client.run("b");
        assertThat(again.start("b")).isZero();
      }
    }
  }

  @Test
  void aRunnerThatGaveUpItsRunsIsNotSaidToHaveBeenStartedAgain() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port)) {
      placeAndLose(client, port);
      client.event("a");
      try (JoinedRunner again = new JoinedRunner(port, "r1", "2-first")) {
        assertThat(again.join(Map.of()).encode()).isEqualTo("{\"runs\":{}}");
        assertThat(client.event("a").getString("error"))
            .isEqualTo(
                "the run is lost: the runner r1 was cut off for too long, and has ended its runs");
      }
    }
  }

  /** Before the server notices, too, that nothing comes any more: a client may be less patient. */
  @Test
  void theServerSaysThatARunIsAliveWhetherItsRunnerIsHeardOrNot() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.socket().register("a");
      client.run(new JsonObject().put("id", "a").put("args", new JsonArray()).put("timeout", 0.1));
      runner.start("a");
      assertThat(client.event("a").encode())
          .isEqualTo("{\"type\":\"heartbeat\",\"state\":\"STARTED\"}");
      runner.hangUp();
      JsonObject event = client.event("a");
      while (event.getString("type").equals("heartbeat")) {
        event = client.event("a");
      }
      assertThat(event.getString("message")).contains("is away");
      assertThat(client.event("a").getString("type")).isEqualTo("heartbeat");
      try (JoinedRunner back = runner.back()) {
        back.join(Map.of(A, 1L));
        back.publish("a", exit(0));
        while (!event.getString("type").equals("exit")) {
          event = client.event("a");
        }
      }
    }
  }

  @Test
  void aConnectionThatFallsSilentIsGivenUp() throws Exception {
    int port = serve(LONG);
    try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      assertThat(runner.socket().isAtEnd()).isTrue();
    }
  }

  /** Who comes over another connection has noticed sooner than the server that the old is dead. */
  @Test
  void theSameRunnerOverAnotherConnectionTakesThePlaceOfTheOld() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run("a");
      runner.start("a");
      try (JoinedRunner back = runner.back()) {
        assertThat(back.join(Map.of(A, 0L)).encode()).isEqualTo("{\"runs\":{\"a\":0}}");
        assertThat(runner.socket().isAtEnd()).isTrue();
        back.publish("a", exit(0));
        assertThat(client.event("a").getString("type")).isEqualTo("exit");
      }
    }
  }

  @Test
  void whoLacksWhatItHasSentBreaksTheProtocol() throws Exception {
    int port = serve(LONG);
    try (TestClient client = new TestClient(port);
        JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run("a");
      runner.start("a");
      runner.publish("a", output(0));
      client.event("a");
      try (JoinedRunner back = runner.back()) {
        assertThat(back.join(Map.of(A, 0L)).encode())
            .contains("\"failureCode\":400", "events of run a came, and are no more");
      }
    }
  }

  /** Run a is placed with a runner, whose connection is then lost. */
  private static void placeAndLose(TestClient client, int port) throws Exception {
    try (JoinedRunner runner = JoinedRunner.join(port, "r1")) {
      client.run("a");
      runner.start("a");
    }
  }

  private int serve(long graceMillis) throws Exception {
    return new FakeRunner(vertx)
        .deploy(TestConfig.joinedBy(RunnerAccess.OPEN, false, graceMillis))
        .port();
  }

  private static RunEvent.Output output(long seq) {
    return new RunEvent.Output(seq, Stream.STDOUT, new byte[] {'x'});
  }

  private static RunEvent.Exit exit(long seq) {
    return new RunEvent.Exit(seq, 0, false, Optional.empty());
  }
}
