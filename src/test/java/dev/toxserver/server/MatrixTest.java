package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are one matrix, on a server that does one after another. */
@ExtendWith(VertxExtension.class)
class MatrixTest {
  @TempDir Path folder;

  private FakeRunner runner;
  private TestClient client;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    begin();
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  private void begin() throws Exception {
    ServerConfig config = TestConfig.server(new ServerConfig.Places(1, 3, 2), folder);
    port = runner.deploy(config).port();
    client = new TestClient(port);
  }

  @Test
  void itsNameGivesAllItsRunsAsTheyWereAskedForAndNoOthers() throws Exception {
    client.run(cell("a", "m", "py312"));
    client.runDetached("other");
    client.run(cell("b", "m", "py311"));
    client.run(cell("c", "n", "py311"));
    List<JsonObject> rows = rows("m");
    assertThat(rows).extracting(run -> run.getString("id")).containsExactly("a", "b");
    assertThat(rows.get(1).getJsonObject("matrix"))
        .isEqualTo(new JsonObject().put("id", "m").put("environment", "py311"));
    assertThat(rows("other")).hasSize(1).allMatch(run -> !run.containsKey("matrix"));
  }

  @Test
  void whoCancelsItCancelsAllOfItThatHasNotEndedAndNothingElse() throws Exception {
    client.run(cell("a", "m", "py311"));
    client.runDetached("other");
    client.run(cell("b", "m", "py312"));
    client.run(cell("c", "m", "py313"));
    runner.nextStart();
    runner.exit("a", 0, 0);
    assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("other");
    assertThat(cancelled("m")).isEqualTo(2);
    client.settle();
    assertThat(rows("m"))
        .extracting(run -> run.getString("state"))
        .containsExactly("passed", "cancelled", "cancelled");
    assertThat(runner.wasCancelled()).as("the other run").isFalse();
    assertThat(cancelled("m")).as("again").isZero();
  }

  @Test
  void whoCancelsARunOfItLeavesTheOthersAlone() throws Exception {
    client.run(cell("a", "m", "py311"));
    client.run(cell("b", "m", "py312"));
    assertThat(cancelled("b")).isEqualTo(1);
    client.settle();
    assertThat(rows("m"))
        .extracting(run -> run.getString("state"))
        .containsExactly("running", "cancelled");
  }

  @Test
  void ofAnEnvironmentItHasOneRunAtATimeWhoeverAsks() throws Exception {
    client.run(cell("a", "m", "py311"));
    try (TestClient another = new TestClient(port)) {
      assertThat(another.refusal("tox.run", cell("b", "m", "py311"), 409))
          .isEqualTo("matrix: the run of py311 in m has not ended");
      another.run(cell("c", "n", "py311"));
      another.run(cell("d", "m", "py312"));
    }
    runner.nextStart();
    runner.exit("a", 0, 1);
    client.run(cell("b", "m", "py311"));
    assertThat(rows("m")).extracting(run -> run.getString("id")).containsExactly("a", "d", "b");
  }

  @Test
  void aNameStandsForARunOrForAMatrixAndNeverForBoth() throws Exception {
    client.run(cell("a", "m", "py311"));
    assertThat(client.refusal("tox.run", cell("m", "n", "py311"), 409))
        .isEqualTo("id: m is the name of a matrix");
    assertThat(client.refusal("tox.run", cell("b", "a", "py311"), 409))
        .isEqualTo("matrix: a is the id of a run");
    runner.nextStart();
    runner.exit("a", 0, 0);
    client.settle();
    assertThat(client.refusal("tox.run", cell("m", "n", "py311"), 409)).startsWith("id: ");
    assertThat(client.refusal("tox.run", cell("b", "a", "py311"), 409)).startsWith("matrix: ");
  }

  @Test
  void whereOneRunIsWantedItsNameIsRefusedByALineThatSaysSo() throws Exception {
    client.run(cell("a", "m", "py311"));
    JsonObject matrix = new JsonObject().put("id", "m");
    for (String address : List.of("tox.attach", "tox.results")) {
      assertThat(client.refusal(address, matrix, 404))
          .isEqualTo("id: m is a matrix, and one of its runs is wanted; 'status m' shows those");
    }
    assertThat(client.refusal("tox.status", matrix.copy().put("alike", true), 404))
        .startsWith("id: m is a matrix");
    assertThat(client.refusal("tox.run", new JsonObject().put("id", "b").put("rerun", "m"), 404))
        .startsWith("id: m is a matrix");
  }

  @Test
  void itHasAsManyRunsAsTheQueueTakesAndOneMoreIsRefusedAsAnyRunIs() throws Exception {
    for (int n = 0; n < 4; n++) {
      client.run(cell("r" + n, "m", "env" + n));
    }
    assertThat(client.refusal("tox.run", cell("r4", "m", "env4"), 429)).startsWith("the queue");
    assertThat(rows("m")).hasSize(4);
  }

  @Test
  void theNextServerKnowsItAndOfItWhatIsKeptOfItsRuns() throws Exception {
    for (int n = 0; n < 12; n++) {
      client.run(cell("r" + n, "m", "env" + n));
      runner.nextStart();
      runner.exit("r" + n, 0, 0);
      client.settle();
    }
    client.close();
    runner.undeploy();
    begin();
    assertThat(rows("m"))
        .as("of ten that are kept")
        .extracting(run -> run.getJsonObject("matrix").getString("environment"))
        .startsWith("env2", "env3")
        .hasSize(10);
  }

  private static JsonObject cell(String id, String matrix, String environment) {
    return new JsonObject()
        .put("id", id)
        .put("args", new JsonArray().add("-e").add(environment))
        .put("detach", true)
        .put("matrix", new JsonObject().put("id", matrix).put("environment", environment));
  }

  private int cancelled(String name) throws Exception {
    return client.answer("tox.cancel", new JsonObject().put("id", name)).getInteger("cancelled");
  }

  private List<JsonObject> rows(String name) throws Exception {
    return client
        .answer("tox.status", new JsonObject().put("id", name))
        .getJsonArray("runs")
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
