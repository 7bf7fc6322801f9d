package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Frames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can do that show a token which may less than the server's own. */
class NarrowTokenTest extends TokenScene {
  @Test
  void anOnlookerSeesRunsAndReadsThem() throws Exception {
    owner.runDetached("a");
    runner.output("a", 0, 2, 10);
    try (TestClient reader = server.shows(server.make("read"))) {
      assertThat(reader.answer("tox.status", new JsonObject()).getJsonArray("runs")).hasSize(1);
      assertThat(reader.answer("tox.ping", new JsonObject()).getInteger("running")).isEqualTo(1);
      assertThat(reader.attach("a", 0).containsKey("hold")).isFalse();
      reader.awaitSeqs("a", 0, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "tox.run|{\"id\":\"b\",\"args\":[]}",
        "tox.cancel|{\"id\":\"a\"}",
        "tox.cancel|{\"command\":\"run\"}",
        "tox.input|{\"id\":\"a\",\"offset\":0,\"data\":\"\"}",
        "tox.resize|{\"id\":\"a\",\"columns\":80,\"rows\":24}",
        "tox.acknowledge|{\"id\":\"a\",\"seq\":0}",
        "tox.attach|{\"id\":\"a\",\"take\":true}",
        "tox.attach|{\"id\":\"a\",\"requester\":true}",
        "tox.quit|{}",
        "tox.tokens|{}",
        "tox.token.create|{\"may\":\"all\"}",
        "tox.token.revoke|{\"id\":\"x\"}"
      })
  void anOnlookerChangesNothing(String address, String body) throws Exception {
    owner.runInTerminal("a");
    try (TestClient reader = server.shows(server.make("read"))) {
      assertThat(reader.refusal(address, new JsonObject(body), 403))
          .endsWith("this token may only read runs");
    }
    assertThat(runner.wasCancelled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"read,read", "run,run", "all,"})
  void whoPingsIsToldWhatItsTokenMayIfThatIsNotAll(String may, String told) throws Exception {
    try (TestClient client = server.shows(server.make(may))) {
      assertThat(client.answer("tox.ping", new JsonObject()).getString("may")).isEqualTo(told);
    }
  }

  @Test
  void anOnlookerRegistersNothingAndSoHoldsNothingUp() throws Exception {
    try (TestClient reader = server.shows(server.make("read"))) {
      reader.socket().send(Frames.register("tox.output.a"));
      assertThat(reader.socket().next().getString("message"))
          .isEqualTo("address: this token may only read runs");
    }
  }

  @Test
  void whoMayRunEndsAndTypesIntoItsOwnRunsByWhateverConnection() throws Exception {
    String token = server.make("run");
    try (TestClient first = server.shows(token);
        TestClient second = server.shows(token)) {
      first.runInTerminal("a");
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("a");
      assertThat(second.take("a").getLong("hold")).isEqualTo(1);
      assertThat(second.answer("tox.resize", size("a"))).isEqualTo(new JsonObject());
      assertThat(first.event("a").getString("type")).isEqualTo("taken");
      assertThat(first.answer("tox.cancel", id("a")).getInteger("cancelled")).isEqualTo(1);
      assertThat(runner.nextCancel()).isEqualTo("a");
    }
  }

  @Test
  void whoMayRunLeavesTheRunsOfOthersAlone() throws Exception {
    owner.runInTerminal("a");
    try (TestClient other = server.shows(server.make("run"));
        TestClient client = server.shows(server.make("run"))) {
      other.run("b");
      for (String run : List.of("a", "b", "last")) {
        assertThat(client.refusal("tox.cancel", id(run), 403))
            .startsWith("id: is of a run of others");
        assertThat(client.refusal("tox.attach", id(run).put("take", true), 403))
            .isEqualTo(
                "id: is of a run of others; this token may run tox, and end and type into only its"
                    + " own runs");
        assertThat(client.refusal("tox.attach", id(run).put("requester", true), 403))
            .startsWith("id: is of a run of others");
      }
      assertThat(client.refusal("tox.resize", size("a"), 403)).contains("has the keyboard");
      JsonObject all = new JsonObject().put("command", "run");
      assertThat(client.answer("tox.cancel", all).getInteger("cancelled")).isZero();
      assertThat(client.refusal("tox.quit", new JsonObject(), 403)).startsWith("address: ");
    }
    assertThat(runner.wasCancelled()).isFalse();
  }

  @Test
  void whoMayRunTakesNoNameFromARunThatIsKept() throws Exception {
    owner.run("a");
    runner.exit("a", 0, 0);
    owner.eventsToEnd("a");
    try (TestClient client = server.shows(server.make("run"))) {
      assertThat(client.refusal("tox.run", args("a", "x"), 409))
          .isEqualTo("id: a is the name of a run that is kept");
    }
  }

  @Test
  void aRunOfOthersDoesNotWaitForOneThatHasRegisteredIt() throws Exception {
    owner.runDetached("a");
    try (TestClient client = server.shows(server.make("run"))) {
      client.socket().register("a");
      runner.output("a", 0, 400, 64 * 1024);
      runner.awaitAcknowledge(399);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "run"})
  void aRunDoesNotWaitForOneThatHasAttachedWhichGetsAllAtItsOwnPace(String may) throws Exception {
    owner.runDetached("a");
    server.letsReadSlowly(server.make(may));
  }

  @Test
  void aRunDoesNotWaitForWhatOneAcknowledgesThatHasAttachedAndDoesNotCutItOff() throws Exception {
    owner.runDetached("a");
    runner.output("a", 0, 1, 10);
    try (TestClient reader = server.shows(server.make("run"))) {
      reader.attach("a", 0);
      reader.awaitSeqs("a", 0, 1);
      reader.answer("tox.acknowledge", id("a").put("seq", 0));
      runner.output("a", 1, 3, 10);
      runner.awaitAcknowledge(2);
      reader.awaitSeqs("a", 1, 3);
      reader.answer("tox.ping", new JsonObject());
    }
  }

  @Test
  void whatNoPatternBoundsIsRefusedAndNotStarted() throws Exception {
    try (TestClient client = server.shows(server.make("run", "-e py311 -- tests/**"))) {
      assertThat(client.refusal("tox.run", args("a", "-e", "py311", "-x", "a=b"), 403))
          .isEqualTo(
              "args: match none of its patterns; this token may run tox with"
                  + " '-e py311 -- tests/**', and end only its own runs");
      assertThat(client.refusal("tox.run", TestClient.program("a"), 403)).startsWith("program: ");
      client.run(args("b", "-e", "py311", "--", "tests/a.py"));
      assertThat(runner.nextStart().getJsonObject("run").getString("id")).isEqualTo("b");
    }
  }

  @Test
  void aRerunIsJudgedByWhatItRepeats() throws Exception {
    String token = server.make("run", "-e py311");
    for (JsonObject run : List.of(args("bad", "-x", "a=b"), args("good", "-e", "py311"))) {
      owner.socket().register(run.getString("id"));
      owner.run(run);
      runner.exit(run.getString("id"), 0, 0);
      owner.eventsToEnd(run.getString("id"));
    }
    try (TestClient client = server.shows(token)) {
      JsonObject again = new JsonObject().put("id", "r");
      assertThat(client.refusal("tox.run", again.copy().put("rerun", "bad"), 403))
          .startsWith("args: match none");
      assertThat(client.run(again.put("rerun", "good")).getString("state")).isEqualTo("running");
    }
  }

  @Test
  void variablesThatCouldMakeAnotherRunOfItAreLeftOutAndTheClientIsTold() throws Exception {
    try (TestClient client = server.shows(server.make("run", "-e py311"))) {
      client.socket().register("a");
      JsonObject env = new JsonObject().put("TOX_OVERRIDE", "a=b").put("NO_COLOR", "1");
      client.run(args("a", "-e", "py311").put("env", env));
      assertThat(client.event("a").getString("message"))
          .startsWith("1 variables were not handed on");
      assertThat(runner.nextStart().getJsonObject("run").getJsonObject("env"))
          .isEqualTo(new JsonObject().put("NO_COLOR", "1"));
    }
  }

  @Test
  void oneThatMayAllMakesNoOther() throws Exception {
    try (TestClient client = server.shows(server.make("all"))) {
      assertThat(client.exec("a").getString("state")).isEqualTo("running");
      assertThat(client.refusal("tox.token.create", new JsonObject().put("may", "read"), 403))
          .isEqualTo("address: this token may do all but make, list and revoke tokens");
      assertThat(client.answer("tox.quit", new JsonObject()).getString("status")).isEqualTo("DONE");
    }
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }

  private static JsonObject size(String id) {
    return id(id).put("columns", 80).put("rows", 24);
  }

  private static JsonObject args(String id, String... args) {
    return id(id).put("args", new JsonArray(List.of(args)));
  }
}
