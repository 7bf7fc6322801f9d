package dev.toxserver.server;

import static dev.toxserver.OtlpReceiver.attributes;
import static dev.toxserver.OtlpReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.OtlpReceiver;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.config.TraceExport;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells and allows of runs that another was asked for. */
@Timeout(120)
class OtherHubIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String OWN = "the-servers-own-token";

  @TempDir Path folder;

  private SharedTeam team;

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
  }

  @AfterEach
  void end() throws Exception {
    team.close();
  }

  @Test
  void itIsReadFromNowOnDoneAgainAndNeverKnownTwice() throws Exception {
    ServerVerticle first = team.hub();
    TestClient here = team.client(first);
    TestClient there = team.client(team.hub());
    team.runner("r1", 1, first);
    here.run(detached("a", "echo one; %s; echo two".formatted(waiting())));
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("begun")));
    awaitState(there, "a", "running");

    JsonObject now = there.answer("tox.attach", id("a"));
    assertThat(now.getLong("from")).isEqualTo(now.getLong("next")).isPositive();
    go();
    assertThat(Events.text(there.eventsToEnd("a"))).isEqualTo("two\n");

    awaitState(there, "a", "passed");
    JsonObject again = there.run(id("b").put("rerun", "a").put("detach", true));
    assertThat(again.getJsonObject("usual")).isNotNull();
    awaitState(here, "b", "passed");
    for (int i = 0; i < 12; i++) {
      (i % 2 == 0 ? here : there).run(detached("n" + i, "exit 0"));
    }
    awaitState(here, "n11", "passed");
    awaitState(there, "n11", "passed");
    assertThat(known(here)).hasSize(10).isEqualTo(known(there)).doesNotContain("a", "b", "n1");
  }

  @Test
  void theQueuesLimitIsForBoth() throws Exception {
    ServerConfig config = TestConfig.server(new ServerConfig.Places(1, 3, 2));
    ServerVerticle first = team.hub(config);
    TestClient here = team.client(first);
    TestClient there = team.client(team.hub(config));
    team.runner("r1", 1, first);
    here.run(detached("a", waiting()));
    awaitState(there, "a", "running");
    here.run(detached("b", "exit 0"));
    there.run(detached("c", "exit 0"));
    here.run(detached("d", "exit 0"));
    assertThat(there.refusal("tox.run", detached("e", "exit 0"), 429)).contains("queue is full");
    assertThat(here.refusal("tox.run", detached("e", "exit 0"), 429)).contains("queue is full");
    there.answer("tox.cancel", id("d"));
    awaitState(here, "d", "cancelled");
    here.run(detached("e", "exit 0"));
    go();
    awaitState(there, "e", "passed");
  }

  @Test
  void whatATokenAllowsItAllowsThereToo() throws Exception {
    ServerConfig config = TestConfig.server(new Token(OWN), folder.resolve("state"));
    ServerVerticle first = team.hub(config);
    ServerVerticle second = team.hub(config);
    TestClient owner = client(first, OWN);
    team.runner("r1", 2);
    await().atMost(LONG).until(() -> hasRunner(client(first, OWN)));
    String narrow =
        owner.answer("tox.token.create", new JsonObject().put("may", "run")).getString("token");
    TestClient here = client(first, narrow);
    owner.run(detached("a", "echo begun; sleep 600"));
    here.run(detached("b", "sleep 600"));
    awaitState(owner, "a", "running");

    TestClient there = letIn(second, narrow);
    awaitState(there, "b", "running");
    assertThat(there.refusal("tox.cancel", id("a"), 403)).contains("of others");
    there.answer("tox.cancel", id("b"));
    awaitState(owner, "b", "cancelled");

    String link = owner.answer("tox.share", id("a")).getString("token");
    TestClient guest = letIn(second, link);
    assertThat(guest.attach("a", 0).getString("state")).isEqualTo("running");
    guest.awaitText("a", "begun\n");
    assertThat(guest.refusal("tox.cancel", id("a"), 403)).contains("may only read");
    owner.answer("tox.cancel", id("a"));
  }

  @Test
  void eachRunHasOneSpanThoughTheServerThatWasAskedDies() throws Exception {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      Map<String, String> variables = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      Optional<TraceExport> export = TraceExport.from(variables, "test");
      ServerVerticle first = team.hub(TestConfig.tracing(export));
      TestClient here = team.client(first);
      TestClient there = team.client(team.hub(TestConfig.tracing(export)));
      team.runner("r1", 2, first);
      here.run(detached("a", "%s; echo $TRACEPARENT".formatted(waiting())));
      here.run(detached("b", "exit 0"));
      there.run(detached("c", "exit 0").put("rounds", 2));
      Map<String, Span> spans = new HashMap<>();
      // What a server has not exported yet when it dies is lost.
      collect(collector, spans, 3);
      awaitState(there, "a", "running");
      team.kill(first);
      go();
      awaitState(there, "a", "passed");
      there.run(detached("newest", "exit 0"));
      collect(collector, spans, 5);

      assertThat(spans).containsKeys("a", "b", "c", "newest");
      Span span = spans.get("a");
      there.answer("tox.attach", id("a").put("from", 0).put("follow", false));
      assertThat(Events.text(there.eventsToEnd("a")))
          .isEqualTo("00-%s-%s-01\n".formatted(hex(span.getTraceId()), hex(span.getSpanId())));
    }
  }

  /** So many in all, by their runs' ids. */
  private static void collect(OtlpReceiver collector, Map<String, Span> spans, int count)
      throws Exception {
    while (spans.size() < count) {
      for (Span span : collector.next().getResourceSpans(0).getScopeSpans(0).getSpansList()) {
        String run = attributes(span.getAttributesList()).get("cicd.pipeline.task.run.id");
        assertThat(spans.put(run, span)).as("a second span of " + run).isNull();
      }
    }
  }

  private TestClient client(ServerVerticle server, String token) throws Exception {
    TestClient client = team.client(server);
    client.socket().show(token);
    return client;
  }

  /** The servers hear of each other's tokens a moment later. */
  private TestClient letIn(ServerVerticle server, String token) {
    return await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> client(server, token), Objects::nonNull);
  }

  private static boolean hasRunner(TestClient client) throws Exception {
    return client.answer("tox.runners", new JsonObject()).encode().contains("r1");
  }

  private String waiting() {
    return "touch %s; while [ ! -e %s ]; do sleep 0.02; done"
        .formatted(folder.resolve("begun"), folder.resolve("go"));
  }

  private void go() throws Exception {
    Files.createFile(folder.resolve("go"));
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }

  private static JsonObject detached(String id, String script) {
    return SharedTeam.script(id, script).put("detach", true);
  }

  private static List<String> known(TestClient client) throws Exception {
    return client.answer("tox.status", new JsonObject()).getJsonArray("runs").stream()
        .map(run -> ((JsonObject) run).getString("id"))
        .toList();
  }

  private static void awaitState(TestClient client, String id, String state) {
    await()
        .atMost(LONG)
        .until(
            () -> {
              client.socket().request("tox.status", id(id));
              return client.socket().next().encode().contains('"' + state + '"');
            });
  }
}
