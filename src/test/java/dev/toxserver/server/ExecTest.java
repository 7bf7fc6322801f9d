package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs of exec, over a real bridge, with a runner that does what the test says. */
@ExtendWith(VertxExtension.class)
class ExecTest {
  private static final JsonObject LAST = new JsonObject().put("id", "last");

  private FakeRunner runner;

  @BeforeEach
  void fake(Vertx vertx) {
    runner = new FakeRunner(vertx);
  }

  @Test
  void aProgramStartsAtOnceThoughTheQueueIsFull() throws Exception {
    try (TestClient client = new TestClient(deploy(1, 0, 2))) {
      client.runDetached("a");
      runner.nextStart();
      JsonObject bash = TestClient.program("b");
      assertThat(client.exec("b"))
          .isEqualTo(new JsonObject().put("id", "b").put("state", "running").put("position", 0));
      assertThat(runner.nextStart().getJsonObject("run")).isEqualTo(bash);
      assertThat(client.answer("tox.ping", new JsonObject()).getInteger("running")).isEqualTo(2);
    }
  }

  @Test
  void oneMoreThanMayRunAtOnceIsRefusedUntilOneHasEnded() throws Exception {
    try (TestClient client = new TestClient(deploy(1, 10, 2))) {
      client.exec("a");
      client.exec("b");
      for (int n = 0; n < 1_000; n++) {
        assertThat(client.refusal("tox.run", inTerminal("c" + n), 429))
            .isEqualTo(
                "no more than 2 programs of exec run at once (--exec-jobs); try again later");
      }
      runner.exit("a", 0, 0);
      client.event("a");
      client.exec("c");
      client.runDetached("d");
      assertThat(startedIds(4)).isEqualTo("[\"a\",\"b\",\"c\",\"d\"]");
    }
  }

  @Test
  void whereExecIsNotAllowedItIsRefusedAndToxIsNot() throws Exception {
    try (TestClient client = new TestClient(deploy(1, 10, 0))) {
      assertThat(client.refusal("tox.run", TestClient.program("a"), 403))
          .isEqualTo("program: the server was started with --no-exec");
      client.run("b");
    }
  }

  @Test
  void aProgramOfAnEarlierServersCanNotBeRepeatedThereEither(@TempDir Path folder)
      throws Exception {
    Path state = folder.resolve("state");
    ServerConfig allowing = TestConfig.server(new ServerConfig.Places(1, 10, 1), state);
    try (TestClient client = new TestClient(runner.deploy(allowing).port())) {
      client.exec("a");
      runner.exit("a", 0, 0);
      client.event("a");
    }
    runner.undeploy();
    ServerConfig refusing = TestConfig.server(new ServerConfig.Places(1, 10, 0), state);
    try (TestClient client = new TestClient(runner.deploy(refusing).port())) {
      JsonObject again = new JsonObject().put("id", "b").put("rerun", "a");
      assertThat(client.refusal("tox.run", again, 403)).startsWith("program: ");
    }
  }

  @Test
  void theLastRunIsTheLastOfToxAndAProgramIsRepeatedByItsIdBesideTheQueue() throws Exception {
    try (TestClient client = new TestClient(deploy(1, 10, 2))) {
      client.run("tests");
      client.exec("look");
      assertThat(client.answer("tox.status", LAST).encode()).contains("\"id\":\"tests\"");
      client.run(new JsonObject().put("id", "again").put("rerun", "look"));
      assertThat(startedIds(2)).isEqualTo("[\"tests\",\"look\"]");
      assertThat(runner.nextStart().getJsonObject("run")).isEqualTo(TestClient.program("again"));
      assertThat(
              client.refusal(
                  "tox.run", new JsonObject().put("id", "third").put("rerun", "look"), 429))
          .startsWith("no more than 2 programs");
    }
  }

  @Test
  void whoCancelsAllEndsProgramsToo() throws Exception {
    try (TestClient client = new TestClient(deploy(1, 10, 2))) {
      client.exec("a");
      assertThat(
              client
                  .answer("tox.cancel", new JsonObject().put("command", "run"))
                  .getInteger("cancelled"))
          .isEqualTo(1);
      assertThat(runner.nextCancel()).isEqualTo("a");
    }
  }

  private static JsonObject inTerminal(String id) {
    JsonObject size = new JsonObject().put("columns", 80).put("rows", 24);
    return TestClient.program(id).put("terminal", size.put("term", "xterm"));
  }

  private String startedIds(int runs) throws Exception {
    JsonArray ids = new JsonArray();
    for (int n = 0; n < runs; n++) {
      ids.add(runner.nextStart().getJsonObject("run").getString("id"));
    }
    return ids.encode();
  }

  private int deploy(int jobs, int queueLimit, int execJobs) throws Exception {
    ServerConfig.Places places = new ServerConfig.Places(jobs, queueLimit, execJobs);
    return runner.deploy(TestConfig.server(places)).port();
  }
}
