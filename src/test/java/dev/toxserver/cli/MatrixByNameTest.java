package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.Stream;
import dev.toxserver.protocol.TestCounts;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands about runs that are there, given a matrix's name; with a real server. */
@ExtendWith(VertxExtension.class)
class MatrixByNameTest {
  private static final Optional<RunId> MATRIX = Optional.of(new RunId("m"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeRunner runner;
  private TestClient client;
  private ClientSession session;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    int port = runner.deployServer(4, 2);
    client = new TestClient(port);
    Terminal terminal =
        new Terminal(new StandardStream("out", out), new StandardStream("err", err), false, false);
    session = new ClientSession("logs", ClientConfigs.at("127.0.0.1", port), () -> {}, terminal);
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @Test
  void aMatrixIsFoundOnlyOnceTheServerHasSaidThatThereIsNoRunOfThatName() throws Exception {
    begin("a", "py312");
    begin("b", "py311");
    Outcome refused = session.carryOut(new Request.Results(new RunId("m")));
    assertThat(MatrixByName.find(MATRIX, refused, session).orElseThrow().runs())
        .extracting(run -> run.id().value())
        .containsExactly("a", "b");
    assertThat(MatrixByName.find(Optional.empty(), refused, session)).isEmpty();
    assertThat(MatrixByName.find(MATRIX, new Outcome.Failed("no server"), session))
        .as("refused for another reason")
        .isEmpty();
    Outcome running = session.carryOut(new Request.Results(new RunId("a")));
    assertThat(MatrixByName.find(Optional.of(new RunId("a")), running, session)).isEmpty();
    assertThat(MatrixByName.find(Optional.of(new RunId("a")), refused, session))
        .as("one of its runs")
        .isEmpty();
    assertThat(MatrixByName.find(Optional.of(new RunId("n")), refused, session)).isEmpty();
  }

  @Test
  void theirOutputsAreWholeInTheOrderInWhichTheyWereAskedForAndTheStreamsApart() throws Exception {
    begin("a", "py312");
    begin("b", "py311");
    print("b", 0, Stream.STDOUT, "second\n");
    runner.exit("b", 1, 1);
    print("a", 0, Stream.STDOUT, "fir");
    print("a", 1, Stream.STDERR, "oops\n");
    print("a", 2, Stream.STDOUT, "st\n");
    client.settle();
    Logs logs = new Logs(session, outcome -> {});
    logs.printAll(rows());
    assertThat(logs.leave()).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("first\nsecond\n");
    assertThat(err.toString(UTF_8))
        .isEqualTo("[py312] running, run a\noops\n[py311] failed, run b\n");
  }

  @Test
  void aRunThatIsForgottenMeanwhileDoesNotHoldUpTheOthers() throws Exception {
    begin("a", "py312");
    begin("b", "py311");
    print("b", 0, Stream.STDOUT, "second\n");
    client.settle();
    List<RunStatus> rows = List.of(forgotten(rows().get(0)), rows().get(1));
    Logs logs = new Logs(session, outcome -> {});
    logs.printAll(rows);
    assertThat(logs.leave()).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("second\n");
    assertThat(err.toString(UTF_8)).contains("the server knows no run gone");
  }

  @Test
  void theirResultsComeTogetherAndWhatIsNotKnownTheirStatesSay() throws Exception {
    for (String environment : List.of("py310", "py311", "py312", "lint")) {
      begin(environment + "-run", environment);
    }
    FailedTest test = new FailedTest("t::bad", Optional.empty(), OptionalInt.empty(), "no");
    EnvironmentResult bad =
        new EnvironmentResult(
            "py311",
            Optional.of(false),
            Optional.of(3_000L),
            Optional.of(new TestCounts(2, 1, 0)),
            List.of(test));
    runner.publish(
        "py311-run",
        new RunEvent.Results(0, new RunResults(List.of(bad), Optional.of("one file was cut"))));
    runner.exit("py311-run", 1, 1);
    runner.exit("py310-run", 0, 0);
    runner.publish("lint-run", new RunEvent.Exit(0, 130, true, Optional.of(1L), Optional.empty()));
    client.settle();
    MatrixResults found = results();
    assertThat(found.isComplete()).isFalse();
    assertThat(ResultsText.of(found.all()).replaceAll(" in [0-9.]+ s", ""))
        .isEqualTo(
            "py310  passed\npy311  failed: 2 passed, 1 failed\n  no (t::bad)\nlint   failed");
    assertThat(found.all().notice().orElseThrow().split("; "))
        .containsExactly(
            "py311: one file was cut", "py312 has not ended yet", "lint was cancelled");
    assertThat(JUnitFile.of(found.all()))
        .contains("<testsuite name=\"py311\" tests=\"3\"", "<testsuite name=\"lint\" tests=\"1\"");
    JsonObject json = found.json(rows().get(0));
    assertThat(json.getString("id")).isEqualTo("m");
    assertThat(json.getJsonArray("runs"))
        .extracting(run -> ((JsonObject) run).getString("environment"))
        .containsExactly("py310", "py311", "lint");
    runner.exit("py312-run", 0, 0);
    client.settle();
    assertThat(results().isComplete()).isTrue();
  }

  private MatrixResults results() throws Exception {
    List<RunStatus> rows = rows();
    Succession succession = new Succession(session);
    MatrixResults found = new MatrixResults();
    assertThat(succession.during(() -> found.ask(rows, succession))).isEmpty();
    return found;
  }

  private List<RunStatus> rows() {
    return MatrixByName.find(MATRIX, new Outcome.Failed("", 404), session).orElseThrow().runs();
  }

  private static RunStatus forgotten(RunStatus run) {
    return new RunStatus(
        new RunId("gone"),
        run.args(),
        run.state(),
        0,
        0,
        0,
        Optional.empty(),
        OptionalInt.empty(),
        false,
        false);
  }

  private void begin(String id, String environment) throws Exception {
    client.run(
        new JsonObject()
            .put("id", id)
            .put("args", new JsonArray().add("-e").add(environment))
            .put("detach", true)
            .put("matrix", new JsonObject().put("id", "m").put("environment", environment)));
    runner.nextStart();
  }

  private void print(String id, long seq, Stream stream, String text) {
    runner.publish(id, new RunEvent.Output(seq, stream, text.getBytes(UTF_8)));
  }
}
