package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.Frames;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen by a link to a run, and by nobody else's. */
class SharedRunTest extends TokenScene {
  private static final String ONLY = "this token may only read the run a";

  @ParameterizedTest
  @ValueSource(strings = {"a", "last"})
  void itIsReadFromItsFirstByteToItsExitByItsNameAndByLast(String name) throws Exception {
    owner.runDetached("a");
    runner.output("a", 0, 2, 10);
    try (TestClient reader = server.shows(share("a"))) {
      owner.runDetached("b");
      assertThat(reader.attach(name, 0)).isEqualTo(attached("a", 2));
      reader.awaitSeqs("a", 0, 2);
      runner.output("a", 2, 4, 10);
      runner.exit("a", 4, 3);
      reader.awaitSeqs("a", 2, 4);
      assertThat(reader.event("a").getInteger("returncode")).isEqualTo(3);
      assertThat(reader.refusal("tox.results", id(name), 404)).contains("nothing is known of");
    }
  }

  @Test
  void itsRunDoesNotWaitForASlowReaderWhichGetsAllAtItsOwnPace() throws Exception {
    owner.runDetached("a");
    server.letsReadSlowly(share("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "tox.ping|{}",
        "tox.status|{}",
        "tox.status|{\"id\":\"a\"}",
        "tox.runners|{}",
        "tox.run|{\"id\":\"c\",\"args\":[]}",
        "tox.run|{\"id\":\"c\",\"rerun\":\"a\"}",
        "tox.cancel|{\"id\":\"a\"}",
        "tox.cancel|{\"command\":\"run\"}",
        "tox.input|{\"id\":\"a\",\"offset\":0,\"data\":\"\"}",
        "tox.resize|{\"id\":\"a\",\"columns\":80,\"rows\":24}",
        "tox.acknowledge|{\"id\":\"a\",\"seq\":0}",
        "tox.attach|{\"id\":\"a\",\"take\":true}",
        "tox.attach|{\"id\":\"a\",\"requester\":true}",
        "tox.quit|{}",
        "tox.share|{\"id\":\"a\"}",
        "tox.tokens|{}",
        "tox.token.create|{\"may\":\"read\"}",
        "tox.token.revoke|{\"id\":\"x\"}"
      })
  void aLinkDoesNothingElse(String address, String body) throws Exception {
    owner.runInTerminal("a");
    try (TestClient reader = server.shows(share("a"))) {
      assertThat(reader.refusal(address, new JsonObject(body), 403)).endsWith(ONLY);
    }
    assertThat(runner.wasCancelled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "none-of-this-name"})
  void ofAnotherRunALinkDoesNotEvenTellWhetherThereIsOne(String other) throws Exception {
    owner.runDetached("a");
    owner.runDetached("b");
    try (TestClient reader = server.shows(share("a"))) {
      for (String address : List.of("tox.attach", "tox.results")) {
        assertThat(reader.refusal(address, id(other), 403)).isEqualTo("id: " + ONLY);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void noOutputAddressIsRegisteredByALink(String run) throws Exception {
    owner.runDetached("a");
    owner.runDetached("b");
    try (TestClient reader = server.shows(share("a"))) {
      reader.socket().send(Frames.register("tox.output." + run));
      assertThat(reader.socket().next().getString("message")).isEqualTo("address: " + ONLY);
    }
  }

  @Test
  void itIsNotToldWhichRunIsBeforeItInTheQueue() throws Exception {
    owner.runDetached("secret");
    owner.runDetached("a");
    try (TestClient reader = server.shows(share("a"))) {
      reader.attach("a", 0);
      assertThat(reader.event("a").encode())
          .isEqualTo("{\"seq\":0,\"type\":\"queued\",\"position\":1}");
    }
  }

  @Test
  void itIsNotToldOfALoopAndShowsTheOneRoundForGood() throws Exception {
    owner.run(id("a").put("args", List.of()).put("detach", true).put("rounds", 9));
    try (TestClient reader = server.shows(share("a"))) {
      assertThat(reader.attach("a", 0)).isEqualTo(attached("a", 0));
      runner.exit("a", 0, 0);
      assertThat(reader.event("a").encode()).doesNotContain("loop").doesNotContain("next");
      assertThat(reader.attach("a", 0).getString("state")).isEqualTo("passed");
    }
  }

  @Test
  void byOneLinkComeNoMoreThanATenthOfAllThatMay() throws Exception {
    owner.runDetached("a");
    String link = share("a");
    try (TestClient first = server.shows(link);
        TestClient second = server.shows(link);
        TestClient third = new TestClient(server.port());
        TestClient other = server.shows(share("a"))) {
      third.socket().send(Frames.withToken(Frames.ping(), link));
      assertThat(third.socket().isClosedByServer()).isTrue();
      for (TestClient each : List.of(first, second, other)) {
        assertThat(each.attach("a", 0).getString("id")).isEqualTo("a");
      }
    }
  }

  @Test
  void aLaterRunOfTheSameNameIsAnother() throws Exception {
    owner.runDetached("a");
    String link = share("a");
    try (TestClient reader = server.shows(link)) {
      runner.exit("a", 0, 0);
      owner.settle();
      owner.runDetached("a");
      runner.output("a", 0, 1, 10);
      assertThat(reader.refusal("tox.attach", id("a"), 403)).isEqualTo("id: " + ONLY);
      assertThat(reader.refusal("tox.results", id("a"), 403)).isEqualTo("id: " + ONLY);
    }
    server.turnsAway(link);
  }

  @Test
  void aMatrixIsNotSharedButEachOfItsRunsIs() throws Exception {
    JsonObject cell = new JsonObject().put("id", "m").put("environment", "py311");
    owner.run(id("a").put("args", List.of()).put("detach", true).put("matrix", cell));
    assertThat(owner.refusal("tox.share", id("m"), 404)).contains("m is a matrix");
    assertThat(owner.refusal("tox.share", id("x"), 404)).contains("knows no run x");
    assertThat(share("a")).startsWith("toxs_");
  }

  private String share(String run) throws Exception {
    return owner.answer("tox.share", id(run)).getString("token");
  }

  private static JsonObject attached(String run, int next) {
    return id(run).put("state", "running").put("from", 0).put("next", next);
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }
}
