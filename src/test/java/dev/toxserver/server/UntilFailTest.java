package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A detached run again and again, until it fails. */
@ExtendWith(VertxExtension.class)
class UntilFailTest {
  @TempDir Path folder;

  private FakeRunner runner;
  private ServerVerticle server;
  private TestClient client;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    server = runner.deploy(TestConfig.server(new ServerConfig.Places(1, 2, 2), folder));
    client = new TestClient(server.port());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @Test
  void itIsDoneAgainUntilItFailsEachTimeByAnotherName() throws Exception {
    begin("a", 100);
    String second = passes("a");
    String third = passes(second);
    runner.exit(third, 0, 1);
    client.settle();
    assertThat(status())
        .extracting(run -> run.getString("id") + run.getString("loop") + run.getInteger("round"))
        .containsExactly(third + "a3", second + "a2", "aa1");
    assertThat(status())
        .extracting(run -> run.getString("state"))
        .containsExactly("failed", "passed", "passed");
  }

  @Test
  void itIsDoneAtMostSoOften() throws Exception {
    begin("a", 2);
    String second = passes("a");
    runner.exit(second, 0, 0);
    client.settle();
    assertThat(status()).hasSize(2);
  }

  @Test
  void whatTheClientHasToldGoesWithEachRoundButForTheFilesThatMayHaveChanged() throws Exception {
    JsonObject env = new JsonObject().put("CI", "1");
    client.run(loop("a", 9).put("env", env).put("folder", "sub").put("tree", "1".repeat(40)));
    assertThat(runner.nextStart().getJsonObject("run").getString("tree")).isNotNull();
    runner.exit("a", 0, 0);
    JsonObject again = runner.nextStart().getJsonObject("run");
    assertThat(again.getJsonObject("env")).isEqualTo(env);
    assertThat(again.getString("folder")).isEqualTo("sub");
    assertThat(again.getJsonArray("args")).isEqualTo(new JsonArray().add("-e"));
    assertThat(again.containsKey("tree")).isFalse();
  }

  @Test
  void othersHaveTheirTurnBetweenTwoRounds() throws Exception {
    begin("a", 100);
    client.runDetached("b");
    client.runDetached("c");
    runner.exit("a", 0, 0);
    assertThat(nextStart()).isEqualTo("b");
    client.settle();
    assertThat(status())
        .filteredOn(run -> run.containsKey("position"))
        .extracting(run -> run.getInteger("position") + " " + run.getInteger("round"))
        .containsExactly("2 2", "1 null");
    runner.exit("b", 1, 0);
    assertThat(nextStart()).isEqualTo("c");
  }

  @Test
  void cancelEndsTheLoopWhicheverOfItsRunsIsNamedAndHoweverTheRunEnds() throws Exception {
    begin("a", 100);
    String second = passes("a");
    assertThat(client.answer("tox.cancel", new JsonObject().put("id", "a")).getInteger("cancelled"))
        .isEqualTo(1);
    assertThat(runner.nextCancel()).isEqualTo(second);
    runner.exit(second, 0, 0);
    client.settle();
    assertThat(status()).hasSize(2);
    assertThat(client.answer("tox.cancel", new JsonObject().put("id", "a")).getInteger("cancelled"))
        .isZero();
  }

  @Test
  void whoAttachesIsGivenTheNewestRoundAndIsToldWhichFollows() throws Exception {
    begin("a", 100);
    String second = passes("a");
    runner.output(second, 0, 3, 10);
    assertThat(client.attach("a", 0).getString("id")).isEqualTo(second);
    passes(second, 3);
    List<JsonObject> events = client.eventsToEnd(second);
    JsonObject exit = events.get(events.size() - 1);
    assertThat(exit.getInteger("returncode")).isZero();
    String third = exit.getString("next");
    assertThat(exit.getString("loop")).isEqualTo("a");
    assertThat(client.attach(third, 0).getString("id")).isEqualTo(third);
    try (TestClient back = new TestClient(server.port())) {
      assertThat(back.attach(second, 2).getString("id")).as("goes on").isEqualTo(second);
      assertThat(back.event(second).getLong("seq")).isEqualTo(2);
    }
  }

  @Test
  void aLoopThatRunsForLongPushesNoOtherRunOutAndIsStillFoundByItsName() throws Exception {
    client.runDetached("before");
    nextStart();
    runner.exit("before", 0, 0);
    begin("a", 100);
    String round = "a";
    for (int number = 2; number <= 30; number++) {
      round = passes(round);
    }
    client.settle();
    assertThat(status())
        .extracting(run -> run.getInteger("round"))
        .containsExactly(30, 29, 28, 27, 26, 25, null);
    JsonObject attached = client.attach("a", 0);
    assertThat(attached.getString("id")).isEqualTo(round);
    assertThat(attached.getString("loop")).isEqualTo("a");
  }

  @Test
  void whoeverTakesARoundMayType() throws Exception {
    JsonObject terminal = new JsonObject().put("columns", 80).put("rows", 24).put("term", "xterm");
    client.run(loop("a", 100).put("terminal", terminal));
    nextStart();
    String second = passes("a");
    client.take("a");
    client
        .socket()
        .request(
            "tox.input", new JsonObject().put("id", second).put("offset", 0).put("data", "YQ=="));
    assertThat(runner.nextInput().body().getString("data")).isEqualTo("YQ==");
  }

  @Test
  void aLoopsNameIsTakenAsLongAsItGoesOnAndThenMeansWhoeverHasIt() throws Exception {
    begin("a", 100);
    String second = passes("a");
    assertThat(client.refusal("tox.run", loop("a", 9), 409)).startsWith("id: a is taken");
    runner.exit(second, 0, 1);
    client.runDetached("a");
    assertThat(nextStart()).isEqualTo("a");
    assertThat(client.attach("a", 0).getString("id")).isEqualTo("a");
    client.answer("tox.cancel", new JsonObject().put("id", "a"));
    assertThat(runner.nextCancel()).isEqualTo("a");
  }

  @Test
  void whoReadsALoopThatTheServerEndsIsToldWhyBeforeTheExit() throws Exception {
    begin("a", 100);
    client.attach("a", 0);
    client.answer("tox.quit", new JsonObject());
    runner.exit("a", 0, 0);
    assertThat(client.event("a").getString("message"))
        .isEqualTo("the loop ends here, with the server");
    assertThat(client.event("a").getString("type")).isEqualTo("exit");
  }

  @Test
  void aServerThatDrainsFinishesTheRoundAndLeaves() throws Exception {
    begin("a", 100);
    client.answer("tox.quit", new JsonObject());
    runner.exit("a", 0, 0);
    client.close();
    server.drained().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void theNextServerKnowsWhatWasALoopAndDoesNotGoOnWithIt(Vertx vertx) throws Exception {
    begin("a", 100);
    String second = passes("a");
    runner.publish(second, new RunEvent.Exit(0, 3, false, Optional.of(5L), Optional.empty()));
    client.settle();
    client.close();
    runner.undeploy();
    server = runner.deploy(TestConfig.server(new ServerConfig.Places(1, 2, 2), folder));
    client = new TestClient(server.port());
    assertThat(status()).extracting(run -> run.getInteger("round")).containsExactly(2, 1);
    assertThat(client.attach("a", 0).getString("id")).isEqualTo(second);
  }

  private void begin(String id, int rounds) throws Exception {
    client.run(loop(id, rounds));
    assertThat(nextStart()).isEqualTo(id);
  }

  private static JsonObject loop(String id, int rounds) {
    return new JsonObject()
        .put("id", id)
        .put("args", new JsonArray().add("-e"))
        .put("detach", true)
        .put("rounds", rounds);
  }

  /** A round passes; the one after it. */
  private String passes(String id) throws Exception {
    return passes(id, 0);
  }

  private String passes(String id, long seq) throws Exception {
    runner.exit(id, seq, 0);
    return nextStart();
  }

  private String nextStart() throws Exception {
    return runner.nextStart().getJsonObject("run").getString("id");
  }

  private List<JsonObject> status() throws Exception {
    return client.answer("tox.status", new JsonObject()).getJsonArray("runs").stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
