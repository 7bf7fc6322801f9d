package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.Labels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may be retried begins once more at a runner that comes when the only one is gone. */
@Timeout(120)
class SharedRetryIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private SharedTeam team;
  private ServerVerticle hub;
  private TestClient client;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
    hub = team.hub();
    client = team.client(hub);
  }

  @AfterEach
  void end() throws Exception {
    team.close();
  }

  @Test
  void aRunBeginsOnceMoreAtAnotherRunner() throws Exception {
    team.runner("r1", 1, hub);
    client.run(retried(SharedTeam.script("a", script())));
    awaitBegun();
    team.killRunner("r1");
    team.runner("r2", 1);
    awaitPassed();
  }

  @Test
  void aProgramThatNeedsALabelDoesTooAndSaysAtEachServerThatItWaits() throws Exception {
    Labels gpu = new Labels(List.of("gpu"));
    ServerVerticle other = team.hub();
    team.runner("r1", gpu, hub);
    JsonObject program =
        new JsonObject()
            .put("id", "a")
            .put("program", new JsonArray().add("sh").add("-c").add(script()))
            .put("on", new JsonArray().add("gpu"));
    client.socket().register("a");
    client.run(retried(program));
    awaitBegun();
    awaitRunning(other);
    team.killRunner("r1");
    awaitNotice();
    assertWaits(hub);
    assertWaits(other);
    assertWaits(team.hub());
    team.runner("r2", gpu, hub);
    awaitPassed();
  }

  private void awaitNotice() throws Exception {
    JsonObject event = client.event("a");
    while (!event.encode().contains("no runner has gpu now; the run waits for one")) {
      event = client.event("a");
    }
  }

  private void awaitRunning(ServerVerticle server) throws Exception {
    TestClient onlooker = team.client(server);
    await().until(() -> onlooker.answer("tox.ping", new JsonObject()).getInteger("running") == 1);
  }

  /** Whoever comes is told its place. */
  private void assertWaits(ServerVerticle server) throws Exception {
    TestClient onlooker = team.client(server);
    assertThat(onlooker.answer("tox.ping", new JsonObject()).getInteger("queued")).isOne();
    onlooker.attach("a", 0);
    JsonObject event = onlooker.event("a");
    while (!event.containsKey("position")) {
      event = onlooker.event("a");
    }
    assertThat(event.getInteger("position")).isOne();
  }

  private static JsonObject retried(JsonObject run) {
    return run.put("detach", true).put("retryLost", true);
  }

  private String script() {
    return "echo x >> %1$s; test $(wc -l < %1$s) -gt 1 || exec sleep 60".formatted(begun());
  }

  private void awaitBegun() {
    await().until(() -> Files.exists(begun()));
  }

  private void awaitPassed() throws Exception {
    TestClient asks = team.client(hub);
    await()
        .atMost(LONG)
        .until(() -> asks.answer("tox.status", new JsonObject()).encode().contains("\"passed\""));
    assertThat(begun()).hasContent("x\nx");
  }

  private Path begun() {
    return folder.resolve("begun");
  }
}
