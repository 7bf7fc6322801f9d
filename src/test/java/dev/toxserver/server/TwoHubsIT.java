package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who types into a run, and how a server ends, where two of them share the runs. */
@Timeout(120)
class TwoHubsIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private SharedTeam team;
  private ServerVerticle first;
  private ServerVerticle second;
  private TestClient here;
  private TestClient there;

  /** What was printed, as far as it was read. */
  private final StringBuilder read = new StringBuilder();

  @BeforeEach
  void begin() throws Exception {
    team = SharedTeam.start(Files.createDirectory(folder.resolve("nats")));
    first = team.hub();
    second = team.hub();
    team.runner("r1", 1, first);
    here = team.client(first);
    there = team.client(second);
  }

  @AfterEach
  void end() throws Exception {
    team.close();
  }

  @Test
  void whoeverTakesARunAtAnotherServerTypesThereAndNobodyElseDoes() throws Exception {
    runInTerminal(
        "a",
        "echo ready; until stty size | grep '10 50'; do sleep 0.05; done;"
            + " read x; echo got $x; read y || exit 4; exit 5");
    awaitText(here, "a", "ready");

    there.attach("a", 0);
    assertThat(refusal(there, "tox.input", typed("a", 0, "no\n")))
        .isEqualTo("id: another client has the keyboard of a; 'attach --take' takes it over");
    assertThat(refusal(there, "tox.resize", size("a", 9, 9))).contains("attach --take");
    try (TestClient taker = new TestClient(second.port())) {
      assertThat(taker.take("a").getLong("hold")).isEqualTo(1);
      awaitEvent(here, "a", "taken");
      assertThat(refusal(here, "tox.input", typed("a", 0, "no\n"))).contains("attach --take");

      ask(taker, "tox.resize", size("a", 50, 10));
      assertThat(type(taker, "a", 0, "yes\n")).isEqualTo(4);
      awaitText(taker, "a", "got yes");
      assertThat(read).contains("10 50").doesNotContain("no");
      type(taker, "a", 4, "\004");
      assertThat(awaitEvent(taker, "a", "exit").getInteger("returncode")).isEqualTo(4);
      assertThat(awaitEvent(here, "a", "exit").getInteger("returncode")).isEqualTo(4);
    }
  }

  @Test
  void whoTakesARunOverWhereAnotherHasJustAttachedHasItForAllServers() throws Exception {
    Connection nats = Nats.connect(team.nats().urls().get(0));
    here.socket().register("a");
    here.run(detached("before", waiting()));
    here.run(SharedTeam.script("a", "exit 0"));
    // What one that waits has printed is known without NATS: an attach is answered at once.
    awaitState(there, "before", "running");
    awaitState(there, "a", "queued");
    team.nats().stop(0);
    there.comeBack("a", 0);
    try (TestClient taker = new TestClient(second.port())) {
      assertThat(taker.take("a").getLong("hold")).isEqualTo(1);
      team.nats().proceed(0);
      KeyValue facts = nats.keyValue("tox-runs");
      await().atMost(LONG).until(() -> facts.get("a.1.at.2") != null);
      assertThat(new JsonObject(facts.get("a.1.at.2").getValueAsString()).getLong("hold"))
          .isEqualTo(1);
      go();
      assertThat(awaitEvent(taker, "a", "exit").getInteger("returncode")).isZero();
    } finally {
      nats.close();
    }
  }

  @Test
  void whatIsPipedInGoesOnAtAnotherServerAndEndsThere() throws Exception {
    here.socket().register("a");
    here.run(SharedTeam.script("a", "cat; echo end").put("stdin", true));
    awaitEvent(here, "a", "started");
    assertThat(type(here, "a", 0, "one ")).isEqualTo(4);
    awaitText(here, "a", "one ");
    here.close();
    there.comeBack("a", 0);
    assertThat(type(there, "a", 0, "")).isEqualTo(4);
    assertThat(type(there, "a", 4, "two ")).isEqualTo(8);
    ask(there, "tox.input", new JsonObject().put("id", "a").put("offset", 8).put("end", true));
    awaitText(there, "a", "end\n");
    assertThat(read.toString()).endsWith("one two end\n");
  }

  @Test
  void aTerminalHasTheSizeThatItsWindowGotWhileItsRunWaited() throws Exception {
    here.run(detached("before", waiting()));
    awaitState(there, "before", "running");
    runInTerminal("a", "until stty size | grep -x '10 50'; do sleep 0.1; done");
    ask(here, "tox.resize", size("a", 50, 10));
    go();
    assertThat(awaitEvent(here, "a", "exit").getInteger("returncode")).isZero();
  }

  @Test
  void aServerWhoseClientWasTakenOverSaysNoMoreWhatSizeItsWindowHas() throws Exception {
    here.run(detached("before", waiting()));
    awaitState(there, "before", "running");
    runInTerminal("a", "for i in 1 2 3 4 5 6 7 8 9; do stty size; sleep 0.2; done; echo end");
    ask(here, "tox.resize", size("a", 50, 10));
    there.take("a");
    awaitEvent(here, "a", "taken");
    go();
    awaitText(there, "a", "end");
    assertThat(read).contains("30 100").doesNotContain("10 50");
  }

  @Test
  void aServerThatIsToEndWaitsForTheRunsOfItsClientsAlone() throws Exception {
    here.socket().register("a");
    here.socket().register("b");
    ask(here, "tox.run", SharedTeam.script("a", waiting()));
    ask(here, "tox.run", SharedTeam.script("b", "echo b"));
    ask(here, "tox.run", detached("c", "exit 3"));
    there.run(SharedTeam.script("d", "sleep 600"));

    first.signalled();
    assertThat(refusal(here, "tox.run", SharedTeam.script("no", "exit 0")))
        .contains("shutting down");
    assertThat(first.drained().isComplete()).isFalse();
    go();
    awaitEvent(here, "a", "exit");
    assertThat(awaitEvent(here, "b", "exit").getInteger("returncode")).isZero();
    first.drained().await(30, TimeUnit.SECONDS);
    team.kill(first);
    awaitState(there, "c", "failed");
    awaitState(there, "d", "running");
    there.answer("tox.cancel", new JsonObject().put("id", "d"));
  }

  @Test
  void aServerThatIsToEndDoesNotWaitForARunThatIsTakenOverAtAnother() throws Exception {
    here.socket().register("a");
    here.run(SharedTeam.script("a", waiting()));
    awaitEvent(here, "a", "started");
    first.signalled();
    there.take("a");
    awaitEvent(here, "a", "taken");
    here.close();
    first.drained().await(30, TimeUnit.SECONDS);
    team.kill(first);
    go();
    assertThat(awaitEvent(there, "a", "exit").getInteger("returncode")).isZero();
  }

  private String waiting() {
    return "while [ ! -e %s ]; do sleep 0.02; done".formatted(folder.resolve("go"));
  }

  private void go() throws Exception {
    Files.createFile(folder.resolve("go"));
  }

  private static JsonObject detached(String id, String script) {
    return SharedTeam.script(id, script).put("detach", true);
  }

  private void runInTerminal(String id, String script) throws Exception {
    here.socket().register(id);
    here.run(
        SharedTeam.script(id, script)
            .put(
                "terminal",
                new JsonObject().put("columns", 100).put("rows", 30).put("term", "xterm")));
  }

  private static JsonObject size(String id, int columns, int rows) {
    return new JsonObject().put("id", id).put("columns", columns).put("rows", rows);
  }

  private static JsonObject typed(String id, long offset, String keys) {
    String data = Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
    return new JsonObject().put("id", id).put("offset", offset).put("data", data);
  }

  private long type(TestClient client, String id, long offset, String keys) throws Exception {
    return ask(client, "tox.input", typed(id, offset, keys))
        .getJsonObject("body")
        .getLong("offset");
  }

  /** The frame that answers; output that comes before it is read. */
  private JsonObject ask(TestClient client, String address, JsonObject request) throws Exception {
    client.socket().request(address, request);
    JsonObject frame = client.socket().next();
    while (frame.getString("address", "").startsWith("tox.output.")) {
      read(frame.getJsonObject("body"));
      frame = client.socket().next();
    }
    return frame;
  }

  private String refusal(TestClient client, String address, JsonObject request) throws Exception {
    return ask(client, address, request).getString("message");
  }

  private static void awaitState(TestClient client, String id, String state) {
    JsonObject asked = new JsonObject().put("id", id);
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> client.answer("tox.status", asked).encode().contains('"' + state + '"'));
  }

  /** The next event of that type; what comes before it is passed over. */
  private static JsonObject awaitEvent(TestClient client, String id, String type) throws Exception {
    JsonObject event;
    do {
      event = client.event(id);
    } while (!event.getString("type").equals(type));
    return event;
  }

  private void awaitText(TestClient client, String id, String text) throws Exception {
    while (read.indexOf(text) < 0) {
      JsonObject event = client.event(id);
      assertThat(event.getString("type")).as(read.toString()).isNotEqualTo("exit");
      read(event);
    }
  }

  private void read(JsonObject event) {
    read.append(Events.text(event));
  }
}
