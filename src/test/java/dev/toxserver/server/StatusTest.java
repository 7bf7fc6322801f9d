package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which runs there are and were, and running them again. */
@ExtendWith(VertxExtension.class)
class StatusTest {
  private FakeRunner runner;
  private TestClient client;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    client = new TestClient(runner.deploy(TestConfig.server(TestConfig.PATIENCE)).port());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @Test
  void theNewestComesFirstWithWhatHasBecomeOfIt() throws Exception {
    client.run(request("a", "-e", "py"));
    client.run(request("b").put("detach", true));
    client.run(request("c"));
    JsonObject status = client.answer("tox.status", new JsonObject());
    assertThat(status.getBoolean("complete")).isTrue();
    assertThat(ids(status)).containsExactly("c", "b", "a");
    JsonObject queued = status.getJsonArray("runs").getJsonObject(0);
    assertThat(queued.fieldNames())
        .containsExactlyInAnyOrder(
            "id", "args", "state", "detached", "accepted", "age", "position");
    assertThat(queued.getString("state")).isEqualTo("queued");
    assertThat(queued.getInteger("position")).isEqualTo(2);
    assertThat(status.getJsonArray("runs").getJsonObject(1).getBoolean("detached")).isTrue();
    JsonObject running = status.getJsonArray("runs").getJsonObject(2);
    assertThat(running.fieldNames())
        .containsExactlyInAnyOrder(
            "id", "args", "state", "detached", "accepted", "age", "duration");
    assertThat(running.getString("state")).isEqualTo("running");
    assertThat(running.getJsonArray("args")).containsExactly("-e", "py");
    assertThat(running.getDouble("accepted") * 1000)
        .isBetween(System.currentTimeMillis() - 60_000.0, System.currentTimeMillis() + 1.0);
  }

  @Test
  void ofOneRunOnlyItsOwnLineCome() throws Exception {
    client.run(request("a"));
    client.run(request("b"));
    runner.exit("a", 0, 3);
    client.settle();
    JsonObject status = client.answer("tox.status", new JsonObject().put("id", "a"));
    assertThat(ids(status)).containsExactly("a");
    assertThat(status.getJsonArray("runs").getJsonObject(0).getInteger("returncode")).isEqualTo(3);
    assertThat(ids(client.answer("tox.status", new JsonObject().put("id", "last"))))
        .containsExactly("b");
  }

  @Test
  void whoHasAskedBeforeIsToldOfNewRunsAndOfThoseThatHaveNotEnded() throws Exception {
    client.run(request("a"));
    client.run(request("b"));
    runner.exit("a", 0, 0);
    client.settle();
    Object newest =
        client
            .answer("tox.status", new JsonObject().put("id", "b"))
            .getJsonArray("runs")
            .getJsonObject(0)
            .getValue("accepted");
    JsonObject after = new JsonObject().put("after", newest);
    assertThat(ids(client.answer("tox.status", after))).containsExactly("b");
    client.run(request("c"));
    runner.exit("b", 0, 0);
    client.settle();
    assertThat(ids(client.answer("tox.status", after))).containsExactly("c");
  }

  @Test
  void moreThanFitsIntoAFrameIsLeftOutAndThatIsTold() throws Exception {
    // Six bytes of JSON each.
    String longest = "\u0001".repeat(1_990);
    for (int n = 0; n < 100; n++) {
      client.run(request("r" + n, longest));
    }
    JsonObject status = client.answer("tox.status", new JsonObject());
    assertThat(status.getBoolean("complete")).isFalse();
    assertThat(ids(status)).hasSizeBetween(70, 99).startsWith("r99", "r98");
    assertThat(status.encode().length()).isBetween(900_000, 1024 * 1024);
  }

  @Test
  void aRunIsRepeatedWithItsArgumentsWhetherItHasEndedOrNot() throws Exception {
    client.run(request("a", "-e", "ü"));
    runner.nextStart();
    client.run(new JsonObject().put("id", "b").put("rerun", "a"));
    runner.exit("a", 0, 1);
    assertThat(runner.nextStart().getJsonObject("run"))
        .isEqualTo(new JsonObject().put("id", "b").put("args", new JsonArray().add("-e").add("ü")));
    runner.exit("b", 1, 0);
    client.settle();
    // In its own place.
    client.run(new JsonObject().put("id", "b").put("rerun", "b"));
    assertThat(runner.nextStart().getJsonObject("run").getJsonArray("args"))
        .containsExactly("-e", "ü");
    client.run(new JsonObject().put("id", "c").put("rerun", "last"));
    assertThat(
            client
                .answer("tox.status", new JsonObject().put("id", "c"))
                .getJsonArray("runs")
                .getJsonObject(0)
                .getJsonArray("args"))
        .containsExactly("-e", "ü");
  }

  @Test
  void whatCanNotBeRepeatedIsRefusedAndNothingIsRun() throws Exception {
    JsonObject again = new JsonObject().put("id", "b").put("rerun", "a");
    assertThat(client.refusal("tox.run", again, 404)).startsWith("id: the server knows no run a");
    assertThat(client.refusal("tox.run", again.copy().put("rerun", "last"), 404))
        .startsWith("id: ");
    assertThat(client.refusal("tox.run", again.copy().put("args", new JsonArray()), 400))
        .startsWith("rerun: ");
    assertThat(client.refusal("tox.run", again.copy().put("rerun", "../a"), 400))
        .startsWith("id: ");
    assertThat(client.answer("tox.ping", new JsonObject()).getInteger("tasks")).isEqualTo(1);
    assertThat(ids(client.answer("tox.status", new JsonObject()))).isEmpty();
  }

  @Test
  void noRunCanBeCalledLast() throws Exception {
    assertThat(client.refusal("tox.run", request("last"), 400)).startsWith("id: last");
  }

  private static JsonObject request(String id, String... args) {
    return new JsonObject().put("id", id).put("args", new JsonArray(List.of(args)));
  }

  private static List<String> ids(JsonObject status) {
    return status.getJsonArray("runs").stream()
        .map(run -> ((JsonObject) run).getString("id"))
        .toList();
  }
}
