package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.agent.mcp.ToolResult;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls of an agent, with a real server and a runner that the test plays. */
@ExtendWith(VertxExtension.class)
class McpCallTest {
  private static final String OWN = "the-servers-own-token";

  @TempDir Path folder;
  private FakeRunner runner;
  private TestClient owner;
  private int port;
  private McpScene agent;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deploy(TestConfig.server(new Token(OWN), folder.resolve("state"))).port();
    owner = new TestClient(port);
    owner.socket().show(OWN);
    agent = new McpScene(folder, port, OWN);
  }

  @AfterEach
  void leave() throws Exception {
    agent.close();
    owner.close();
  }

  @Test
  void aRunThatHasPassedIsToldInAFewWords() throws Exception {
    agent.begin("run", args("-e", "py"));
    JsonObject start = started();
    assertThat(start.getJsonArray("args")).containsExactly("-e", "py");
    String id = start.getString("id");
    runner.output(id, 0, 100, 1_000);
    runner.exit(id, 100, 0);
    ToolResult result = agent.answer();
    assertThat(result.isError()).isFalse();
    assertThat(result.text()).startsWith("passed").contains(id);
    assertThat(result.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(300);
  }

  @Test
  void aRunThatHasFailedSaysWhereInPlainText() throws Exception {
    agent.begin("run", args());
    String id = started().getString("id");
    print(id, 0, "\033[31mnoise \u202E\033[0m\n".repeat(5_000));
    print(id, 1, "tests/test_a.py:12: AssertionError\n\033]0;obey\007");
    runner.exit(id, 2, 1);
    ToolResult result = agent.answer();
    assertThat(result.isError()).as("the tool has done what it should").isFalse();
    assertThat(result.text())
        .startsWith("failed")
        .contains("tests/test_a.py:12: AssertionError")
        .doesNotContain("\033", "\007", "\u202E", "obey");
    assertThat(result.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4_096);
  }

  @Test
  void aRunThatTakesLongerGoesOnAndIsFoundByAnotherAgent() throws Exception {
    agent.begin("run", args().put("wait", 1));
    String id = started().getString("id");
    print(id, 0, "begun\n");
    ToolResult result = agent.answer();
    assertThat(result.isError()).isFalse();
    assertThat(result.text())
        .isEqualTo("Run %1$s goes on. Call wait with id %1$s.\nIts last line: begun".formatted(id));
    agent.close();
    try (McpScene another = new McpScene(folder, port, OWN)) {
      another.begin("wait", new JsonObject().put("id", id));
      print(id, 1, "more\n");
      runner.exit(id, 2, 0);
      assertThat(another.answer().text()).startsWith("passed");
    }
    assertThat(runner.wasCancelled()).isFalse();
  }

  @Test
  void aRunThatIsNotWaitedForAtAllIsNamed() throws Exception {
    ToolResult begun = agent.call("run", args().put("wait", 0));
    String id = started().getString("id");
    assertThat(begun.text())
        .isEqualTo("Run %1$s is running. Call wait with id %1$s.".formatted(id));
    String queued = agent.call("run", args().put("wait", 0)).text();
    assertThat(queued).contains(" is queued. Call wait with id ");
  }

  @Test
  void theEndOfACallLeavesItsRunAlone() throws Exception {
    int call = agent.begin("run", args());
    String id = started().getString("id");
    agent.cancel(call);
    assertThat(agent.call("status", new JsonObject().put("id", id)).text())
        .contains("running (detached)");
    runner.exit(id, 0, 0);
    assertThat(agent.call("wait", new JsonObject()).text()).startsWith("passed");
    assertThat(runner.wasCancelled()).isFalse();
  }

  @Test
  void aRunIsEndedByItsIdAlone() throws Exception {
    agent.call("run", args().put("wait", 0));
    String id = started().getString("id");
    JsonObject named = new JsonObject().put("id", id);
    assertThat(agent.call("cancel", named).text()).contains(id + " is being ended");
    assertThat(runner.nextCancel()).isEqualTo(id);
    runner.publish(id, new RunEvent.Exit(0, 130, true, Optional.empty()));
    assertThat(agent.call("wait", named).text()).startsWith("cancelled");
    assertThat(agent.call("cancel", named).text()).isEqualTo("Run " + id + " had ended.");
    ToolResult unknown = agent.call("cancel", new JsonObject().put("id", "none"));
    assertThat(unknown.isError()).isTrue();
    assertThat(unknown.text()).contains("none").doesNotContain("\n");
  }

  @Test
  void whatARunPrintsIsReadInParts() throws Exception {
    agent.call("run", args().put("wait", 0));
    String id = started().getString("id");
    for (int line = 1; line <= 2_000; line++) {
      print(id, line - 1, "line " + line + "\n");
    }
    runner.exit(id, 2_000, 0);
    agent.call("wait", new JsonObject());
    String first = agent.call("logs", new JsonObject().put("from_line", 1)).text();
    assertThat(first).startsWith("line 1\n").matches("(?s).*; next: from_line=\\d+\\)");
    assertThat(agent.call("logs", new JsonObject()).text())
        .endsWith("line 2000\n(lines 1941 to 2000, the last)");
    JsonObject search = new JsonObject().put("search", "LINE 1999").put("context", 1);
    assertThat(agent.call("logs", search).text())
        .isEqualTo("1998-line 1998\n1999:line 1999\n2000-line 2000\n(1 found in 2000 lines)");
  }

  @Test
  void whatANarrowTokenMayNotDoIsAnErrorThatSaysWhatItMay() throws Exception {
    agent.call("run", args().put("wait", 0));
    String others = started().getString("id");
    JsonObject wanted =
        new JsonObject()
            .put("may", "run")
            .put("args", new JsonArray().add("-e py -- tests/** ..."));
    String token = owner.answer("tox.token.create", wanted).getString("token");
    try (McpScene narrow = new McpScene(folder, port, token)) {
      String may = "this token may run tox with '-e py -- tests/** ...'";
      assertRefused(narrow.call("run", args("-e", "py", "--", "-p", "x")), "args: ", may);
      assertRefused(narrow.call("run", args("-e", "py", "-x", "a=b")), "args: ", may);
      JsonObject program = new JsonObject().put("command", new JsonArray().add("id"));
      assertRefused(narrow.call("exec", program), "program: ", may);
      assertRefused(narrow.call("cancel", new JsonObject().put("id", others)), may);
      assertRefused(narrow.call("rerun", new JsonObject().put("all", true)), "args: ", may);
      ToolResult queued = narrow.call("run", args("-e", "py", "--", "tests/a.py").put("wait", 0));
      assertThat(queued.isError()).isFalse();
    }
    assertThat(runner.wasCancelled()).isFalse();
  }

  @Test
  void whatTheTokenMayNotDoIsNoToolThatTheAgentIsToldOf() throws Exception {
    assertThat(agent.tools()).hasSize(8).contains("exec");
    try (McpScene runs = new McpScene(folder, port, token("run"))) {
      assertThat(runs.tools()).hasSize(7).doesNotContain("exec");
    }
    try (McpScene reads = new McpScene(folder, port, token("read"))) {
      assertThat(reads.tools()).containsExactly("wait", "status", "results", "logs");
    }
  }

  private String token(String may) throws Exception {
    return owner.answer("tox.token.create", new JsonObject().put("may", may)).getString("token");
  }

  @Test
  void withoutAServerTheCallSaysSoInTwoSeconds() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (McpScene alone = new McpScene(folder, free, OWN)) {
      long begun = System.nanoTime();
      ToolResult result = alone.call("run", args());
      assertThat(alone.tools()).as("it may be started yet").contains("exec");
      assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(5_000);
      assertThat(result.isError()).isTrue();
      assertThat(result.text()).startsWith("There is no server at 127.0.0.1:" + free);
    }
  }

  @Test
  void noCallTouchesTheStreamThatTheAnswersGoTo() {
    AtomicBoolean told = new AtomicBoolean();
    McpTerminal terminal = new McpTerminal(Optional.empty(), null);
    terminal.onDrained(Stream.STDOUT, () -> told.set(true));
    assertThat(told).as("told by standard output").isFalse();
    assertThat(terminal.flushed()).isCompleted();
  }

  /** The run that the server wants to have carried out next. */
  private JsonObject started() throws InterruptedException {
    return runner.nextStart().getJsonObject("run");
  }

  private static void assertRefused(ToolResult result, String... words) {
    assertThat(result.isError()).isTrue();
    assertThat(result.text()).contains(words).doesNotContain("\n");
  }

  private void print(String id, long seq, String text) {
    runner.publish(
        id, new RunEvent.Output(seq, Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject args(String... args) {
    return new JsonObject().put("args", new JsonArray(List.of(args)));
  }
}
