package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What came of runs: told to their readers, asked for later, and kept. */
@ExtendWith(VertxExtension.class)
class ResultsTest {
  private static final JsonObject OF_A = new JsonObject().put("id", "a");

  @TempDir Path folder;

  @Test
  void theResultsAreAnEventOfTheRunAndCanBeAskedForWhenItHasEnded(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(runner.deployServer(1, 1))) {
      client.run("a");
      runner.nextStart();
      runner.publish("a", results(0));
      assertThat(client.event("a").getString("type")).isEqualTo("results");
      assertThat(client.refusal("tox.results", OF_A, 409)).contains("has not ended");
      runner.exit("a", 1, 1);
      client.eventsToEnd("a");
      JsonObject answer = client.answer("tox.results", new JsonObject().put("id", "last"));
      assertThat(answer.getString("id")).isEqualTo("a");
      assertThat(answer.getString("state")).isEqualTo("failed");
      assertThat(answer.getJsonArray("environments").getJsonObject(0).getString("name"))
          .isEqualTo("py");
    }
  }

  @Test
  void whatFailedIsDoneAgainAlone(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(runner.deployServer(1, 1))) {
      client.run("a");
      runner.nextStart();
      runner.publish("a", results(0));
      runner.exit("a", 1, 1);
      client.eventsToEnd("a");
      JsonObject again = new JsonObject().put("id", "b").put("rerun", "a").put("failed", true);
      client.run(again);
      assertThat(runner.nextStart().getJsonObject("run").getJsonArray("args"))
          .containsExactly("-e", "py");
      runner.exit("b", 0, 0);
      client.settle();
      assertThat(client.refusal("tox.run", again.copy().put("rerun", "b"), 404))
          .startsWith("rerun: of the run b: nothing is known");
    }
  }

  @Test
  void theyOutliveTheServer(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client =
        new TestClient(runner.deploy(TestConfig.server(TestConfig.PATIENCE, folder)).port())) {
      client.run("a");
      runner.nextStart();
      runner.publish("a", results(0));
      runner.exit("a", 1, 1);
      client.eventsToEnd("a");
    }
    runner.undeploy();
    try (TestClient client =
        new TestClient(runner.deploy(TestConfig.server(TestConfig.PATIENCE, folder)).port())) {
      assertThat(client.answer("tox.results", OF_A).getJsonArray("environments")).hasSize(1);
    }
  }

  @Test
  void whereNothingIsKnownThatIsSaidWithWhatToDo(Vertx vertx) throws Exception {
    FakeRunner runner = new FakeRunner(vertx);
    try (TestClient client = new TestClient(runner.deployServer(1, 1))) {
      assertThat(client.refusal("tox.results", OF_A, 404)).contains("knows no run a");
      assertThat(client.refusal("tox.results", new JsonObject(), 400)).startsWith("id: is missing");
      client.run("a");
      runner.nextStart();
      runner.exit("a", 0, 0);
      client.eventsToEnd("a");
      assertThat(client.refusal("tox.results", OF_A, 404))
          .contains("but that it passed", "'serve --results' collects more");
    }
  }

  private static RunEvent results(long seq) {
    return new RunEvent.Results(
        seq,
        new RunResults(
            List.of(
                new EnvironmentResult(
                    "py", Optional.of(false), Optional.empty(), Optional.empty(), List.of())),
            Optional.empty()));
  }
}
