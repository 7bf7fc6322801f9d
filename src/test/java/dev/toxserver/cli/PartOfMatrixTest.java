package dev.toxserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.ClientConfigs;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix of which the server knows a part: it has forgotten the rest, or was never asked. */
@ExtendWith(VertxExtension.class)
class PartOfMatrixTest {
  /** As many runs as the server keeps. */
  private static final int KEPT = 10;

  private FakeRunner runner;
  private TestClient client;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deployServer(4, 2);
    client = new TestClient(port);
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"results", "attach", "logs"})
  void itDoesNotPassForTheWhole(String command) throws Exception {
    for (int n = 0; n < KEPT + 2; n++) {
      passed("env" + n, KEPT + 2);
    }
    assertThat(leftBy(command, "m").get(30, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"results", "attach", "logs"})
  void theWholeDoes(String command) throws Exception {
    for (int n = 0; n < KEPT; n++) {
      passed("env" + n, KEPT);
    }
    assertThat(leftBy(command, "m").get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void thatWhatIsLeftOfItIsDoneAgainWithSuccessIsNoneForTheWhole() throws Exception {
    begin("py311-run", "py311", 3);
    runner.exit("py311-run", 0, 1);
    passed("py312", 3);
    CompletableFuture<Integer> code = leftBy("rerun", "--failed", "m");
    JsonObject again = runner.nextStart().getJsonObject("run");
    runner.exit(again.getString("id"), 0, 0);
    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void whatIsMissingIsSaidAndAFailureKeepsItsCode() throws Exception {
    passed("py311", 3);
    passed("py311", 3);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new StandardStream("out", new ByteArrayOutputStream()),
            new StandardStream("err", err),
            false,
            false);
    ClientSession session =
        new ClientSession("results", ClientConfigs.at("127.0.0.1", port), () -> {}, terminal);
    KnownMatrix matrix =
        MatrixByName.find(Optional.of(new RunId("m")), new Outcome.Failed("no run", 404), session)
            .orElseThrow();
    assertThat(matrix.leave(3, session)).isEqualTo(3);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "tox-server: the server knows 1 of the 3 environments of m: the others were never"
                + " asked for, or forgotten (serve --history)\n");
    KnownMatrix cut = new KnownMatrix(matrix.name(), matrix.runs(), false);
    assertThat(cut.leave(0, session)).isEqualTo(1);
  }

  private CompletableFuture<Integer> leftBy(String... command) {
    String[] line = new String[command.length + 2];
    line[0] = "-p";
    line[1] = Integer.toString(port);
    System.arraycopy(command, 0, line, 2, command.length);
    return CompletableFuture.supplyAsync(() -> CommandLineResult.of(line).code());
  }

  private void passed(String environment, int of) throws Exception {
    String id = RunId.random().value();
    begin(id, environment, of);
    runner.exit(id, 0, 0);
    client.settle();
  }

  private void begin(String id, String environment, int of) throws Exception {
    client.run(
        new JsonObject()
            .put("id", id)
            .put("args", new JsonArray().add("-e").add(environment))
            .put("detach", true)
            .put(
                "matrix",
                new JsonObject().put("id", "m").put("environment", environment).put("of", of)));
    runner.nextStart();
  }
}
