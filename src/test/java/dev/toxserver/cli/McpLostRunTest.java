package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.agent.mcp.ToolResult;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.Stream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of an agent, with a server that is silent, wrong or gone when the test says so. */
@Timeout(60)
class McpLostRunTest {
  private static final JsonObject A_SECOND = new JsonObject().put("wait", 1);

  @TempDir Path folder;
  private McpPeer server;
  private McpScene agent;

  @BeforeEach
  void listen() throws Exception {
    server = new McpPeer();
    agent = new McpScene(folder, server.port(), "a-token-of-some-length");
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
    server.close();
  }

  @Test
  void aRunThatTheServerHasNotAnsweredForMayHaveBegun() throws Exception {
    agent.begin("run", A_SECOND);
    assertMayHaveBegun(McpPeer.idOf(server.asked()), "The server has not answered in time.");
  }

  @Test
  void aRunThatTheServerHasAcceptedAndNotShownMayHaveBegun() throws Exception {
    agent.begin("run", A_SECOND);
    String id = server.accept(server.asked());
    assertThat(server.asked().getString("address")).isEqualTo("tox.attach");
    assertMayHaveBegun(id, "The server has not answered in time.");
  }

  @Test
  void aRunMayHaveBegunThoughItsServerHasGone() throws Exception {
    agent.begin("run", new JsonObject());
    JsonObject run = server.asked();
    server.goAway();
    String id = server.accept(run);
    assertMayHaveBegun(id, "There is no server at 127.0.0.1:" + server.port());
  }

  @Test
  void aRunMayHaveBegunThoughTheConnectionWasLostBeforeTheAnswer() throws Exception {
    agent.begin("run", new JsonObject());
    String id = McpPeer.idOf(server.asked());
    server.goAway();
    server.hangUp();
    assertMayHaveBegun(id, "There is no server at 127.0.0.1:" + server.port());
  }

  @Test
  void aRunThatIsAskedForAgainAfterALossMayHaveBegunWhenTheServerRefusesIt() throws Exception {
    agent.begin("run", new JsonObject());
    String id = McpPeer.idOf(server.asked());
    server.hangUp();
    server.refuse(server.asked(), 409, "the id is taken");
    assertMayHaveBegun(id, "the id is taken");
  }

  @Test
  void aRunThatTheServerRefusesHasNotBegun() throws Exception {
    agent.begin("run", new JsonObject());
    server.refuse(server.asked(), 400, "not that one");
    ToolResult answer = agent.answer();
    assertThat(answer.isError()).isTrue();
    assertThat(answer.text()).isEqualTo("not that one");
  }

  @Test
  void aRunWhoseEndNobodyKnowsIsToldWithItsIdAndOutput() throws Exception {
    agent.begin("wait", new JsonObject().put("id", "a"));
    server.attach(RunState.RUNNING);
    byte[] line = "the last line\n".getBytes(StandardCharsets.UTF_8);
    server.tell(new RunEvent.Output(0, Stream.STDOUT, line));
    server.tell(new RunEvent.Lost());
    assertThat(agent.answer().text())
        .startsWith("the run's result is unknown: the server died during the run")
        .contains("the last line")
        .endsWith("tox-server logs a");
  }

  @Test
  void aRunThatHasEndedDoesNotGoOn() throws Exception {
    agent.begin("wait", new JsonObject().put("id", "a").put("wait", 5));
    server.attach(RunState.PASSED);
    assertThat(agent.answer().text())
        .isEqualTo(
            "Run a has ended, and its output is still being read: see status, or logs with id a.");
  }

  @Test
  void moreRunsThanAnAnswerHoldsAreTurnedLeafByLeaf() throws Exception {
    agent.begin("status", new JsonObject());
    server.answer(server.asked(), runs(200));
    String first = agent.answer().text();
    assertThat(first).matches("(?s).* of 201 lines; next: from=\\d+\\)");
    int next = Integer.parseInt(first.replaceAll("(?s).*from=(\\d+)\\)", "$1"));
    agent.begin("status", new JsonObject().put("from", next));
    server.answer(server.asked(), runs(200));
    assertThat(agent.answer().text()).startsWith("run%03d ".formatted(next - 2));
  }

  @Test
  void whatTheResultsLackIsSaidBehindThem() throws Exception {
    RunResults results = new RunResults(List.of(), Optional.of("py.xml can't be read"));
    JsonObject body = ReplyJson.encode(new Reply.Results(new RunId("a"), RunState.PASSED, results));
    agent.begin("results", new JsonObject());
    server.answer(server.asked(), body);
    assertThat(agent.answer().text()).isEqualTo("py.xml can't be read");
    agent.begin("results", new JsonObject().put("from", 2));
    server.answer(server.asked(), body);
    assertThat(agent.answer().text()).isEqualTo("(there is no line 2: the last is 1)");
  }

  private void assertMayHaveBegun(String id, String why) throws Exception {
    ToolResult answer = agent.answer();
    assertThat(answer.isError()).isTrue();
    assertThat(answer.text())
        .startsWith(why)
        .endsWith("Run %1$s may have begun; call wait with id %1$s.".formatted(id))
        .doesNotContain("call again");
  }

  private static JsonObject runs(int count) {
    JsonArray runs = new JsonArray();
    for (int n = 0; n < count; n++) {
      runs.add(
          new JsonObject()
              .put("id", "run%03d".formatted(n))
              .put("args", new JsonArray())
              .put("state", "passed")
              .put("detached", true)
              .put("accepted", 1)
              .put("age", 1));
    }
    return new JsonObject().put("runs", runs).put("complete", true);
  }
}
