package dev.toxserver.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tox-server mcp}, with a client that others have written. */
class McpIT {
  private static final Pattern ID = Pattern.compile("Run ([a-z2-7]{10}) ");

  /** Stands for a test runner: not every machine has pytest. */
  private static final String TESTS =
      """
      import sys
      open(sys.argv[1], "w").write(
          '<testsuite name="t"><testcase classname="test_a" name="test_bad">'
          '<failure message="assert 1 == 2">test_a.py:3: AssertionError</failure></testcase></testsuite>')
      sys.exit(1)
      """;

  private static final String TOX_INI =
      """
      [tox]
      skipsdist = true
      envlist = good, bad
      [testenv]
      skip_install = true
      commands =
          good: python -c pass
          bad: python tests.py {env:TOX_SERVER_JUNIT_DIR:{envtmpdir}}/{envname}.xml
      """;

  /** Prints, and ends when there is a file of that name. */
  private static final String UNTIL_FILE =
      "echo begun; while ! [ -e \"$1\" ]; do sleep 0.05; done; echo 'over \033[31mnow'";

  @TempDir Path folder;

  @Test
  void anAgentRunsRealToxAndReadsInFewWordsWhatCameOfIt() throws Exception {
    Files.writeString(folder.resolve("tests.py"), TESTS);
    Files.writeString(folder.resolve("tox.ini"), TOX_INI);
    try (Server server = Server.start(folder, "--results");
        Agent agent = Agent.in(folder)) {
      JsonObject tools = agent.act(new JsonObject().put("action", "tools"));
      assertThat(tools.getJsonArray("tools").encode().getBytes(UTF_8)).hasSizeLessThan(4_096);

      JsonObject green = agent.run(40, "-e", "good");
      assertThat(green.getString("text")).startsWith("passed");
      assertThat(green.getString("text").getBytes(UTF_8)).hasSizeLessThanOrEqualTo(300);
      JsonObject red = agent.run(40);
      assertThat(red.getString("text")).startsWith("failed").contains("test_a.py:3: ");
      assertThat(red.getString("text").getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4_096);
      assertThat(red.getBoolean("isError")).isFalse();

      assertThat(agent.told("results", new JsonObject()))
          .contains("good  passed", "bad   failed", "test_a.py:3: assert 1 == 2");
      assertThat(agent.told("rerun", new JsonObject()))
          .contains("bad failed")
          .doesNotContain("good");
      assertThat(agent.told("logs", new JsonObject().put("search", "BAD").put("context", 0)))
          .containsPattern("(?m)^\\d+:.*bad")
          .doesNotContain("\033");
      assertThat(agent.told("status", new JsonObject())).contains("-e good").contains("passed");
      assertThat(server.err().text()).doesNotContain("WARNING");
      assertThat(red.getJsonArray("broken")).as("what the SDK could not read").isEmpty();
    }
  }

  @Test
  void aRunOutlivesItsAgentAndIsFoundAgainByItsId() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, UNTIL_FILE))) {
      String id;
      try (Agent agent = Agent.in(folder)) {
        JsonObject begun = agent.run(1, "end");
        assertThat(begun.getInteger("millis")).isLessThan(10_000);
        assertThat(begun.getString("text")).contains("goes on", "Call wait with id", "begun");
        id = id(begun);
        assertThat(
                agent.act(
                    new JsonObject()
                        .put("action", "abort")
                        .put("tool", "wait")
                        .put("input", new JsonObject().put("id", id))
                        .put("after", 300)))
            .matches(aborted -> ((JsonObject) aborted).getBoolean("aborted"));
        agent.signal("KILL");
      }
      try (Agent other = Agent.in(folder)) {
        assertThat(other.told("status", new JsonObject().put("id", id)))
            .contains("running (detached)");
        Files.createFile(folder.resolve("end"));
        assertThat(other.told("wait", new JsonObject().put("id", id))).startsWith("passed");
        assertThat(other.told("logs", new JsonObject().put("id", id)))
            .isEqualTo("begun\nover now\n(all 2 lines)");
        String endless = id(other.run(0, "never"));
        assertThat(other.told("cancel", new JsonObject().put("id", endless))).contains(endless);
        assertThat(other.told("wait", new JsonObject().put("id", endless))).startsWith("cancelled");
        assertThat(server.isAlive()).isTrue();
      }
    }
  }

  @Test
  void aServerThatIsStartedAgainElsewhereIsFoundWithoutAWord() throws Exception {
    String tox = Script.in(folder, UNTIL_FILE);
    Files.createFile(folder.resolve("there"));
    try (Agent agent = Agent.in(folder)) {
      JsonObject none = agent.run(1, "there");
      assertThat(none.getBoolean("isError")).isTrue();
      assertThat(none.getString("text")).startsWith("no port").doesNotContain("\n");
      try (Server first = Server.start(folder, "--tox", tox)) {
        String lost = id(agent.run(0, "never"));
        first.signal("KILL");
        first.exitCode();
        JsonObject gone = agent.run(1, "there");
        assertThat(gone.getString("text")).startsWith("There is no server at ");
        assertThat(gone.getInteger("millis")).isLessThan(5_000);
        try (Server second = Server.start(folder, "--tox", tox)) {
          assertThat(second.isAlive()).isTrue();
          assertThat(agent.run(40, "there").getString("text")).startsWith("passed");
          assertThat(agent.call("wait", new JsonObject().put("id", lost)).getString("text"))
              .contains("the server died during the run");
        }
      }
    }
  }

  @Test
  void aNarrowTokenIsEnoughAndWhatItMayNotIsSaid() throws Exception {
    Files.createFile(folder.resolve("end"));
    try (Server server = Server.start(folder, "--tox", Script.in(folder, UNTIL_FILE));
        JarProcess made = server.client("token", "create", "--may", "run", "--args", "end")) {
      assertThat(made.exitCode()).isZero();
      Path token = Files.writeString(folder.resolve("agent.token"), made.out().text());
      try (Agent agent = Agent.in(folder, "--token-file", token.toString())) {
        assertThat(agent.run(40, "end").getString("text")).startsWith("passed");
        JsonObject other = agent.run(40, "-x", "end");
        assertThat(other.getBoolean("isError")).isTrue();
        assertThat(other.getString("text")).contains("this token may run tox with 'end'");
      }
    }
  }

  @Test
  void aThousandCallsAtOnceAreAllAnsweredAndTheNextIsServed() throws Exception {
    try (Server server = Server.start(folder, "--tox", "true");
        Agent agent = Agent.in(folder)) {
      JsonObject many =
          agent.act(
              new JsonObject()
                  .put("action", "many")
                  .put("tool", "status")
                  .put("input", new JsonObject())
                  .put("times", 1_000));
      assertThat(many.getInteger("answered")).isEqualTo(1_000);
      assertThat(many.getInteger("refused")).isLessThan(1_000);
      assertThat(agent.run(40).getString("text")).startsWith("passed");
      assertThat(server.isAlive()).isTrue();
    }
  }

  @Test
  void whatIsNoProtocolIsAnsweredSoAndTheEndOfTheInputEndsIt() throws Exception {
    try (JarProcess mcp = new JarProcess(folder, Map.of(), "mcp")) {
      mcp.in().write("nonsense\n[]\n".getBytes(UTF_8));
      byte[] piece = "x".repeat(1 << 20).getBytes(UTF_8);
      for (int megabyte = 0; megabyte < 100; megabyte++) {
        mcp.in().write(piece);
      }
      mcp.in().write("\n{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}\n".getBytes(UTF_8));
      mcp.in().close();
      assertThat(mcp.exitCode()).isZero();
      assertThat(mcp.out().text().lines())
          .extracting(line -> new JsonObject(line))
          .extracting(
              answer -> answer.getJsonObject("error", new JsonObject()).getInteger("code", 0))
          .containsExactly(-32_700, -32_600, -32_600, 0);
      assertThat(mcp.err().text()).isEmpty();
    }
  }

  /** What is under way is what two pipes hold, and a little. */
  @Test
  void whoAsksWithoutReadingTheAnswersIsNotReadEither() throws Exception {
    byte[] pings =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n".repeat(100).getBytes(UTF_8);
    List<String> command = new ArrayList<>(JarProcess.command());
    command.add("mcp");
    Process mcp = new ProcessBuilder(command).directory(folder.toFile()).start();
    AtomicLong written = new AtomicLong();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (written.get() < 50_000_000) {
                  mcp.getOutputStream().write(pings);
                  mcp.getOutputStream().flush();
                  written.addAndGet(pings.length);
                }
              } catch (IOException e) {
                // It was ended.
              }
            });
    try {
      writer.start();
      AtomicLong before = new AtomicLong(-1);
      await()
          .atMost(Captured.DEADLINE)
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
      assertThat(written.get()).isLessThan(2_000_000);
    } finally {
      mcp.destroyForcibly().onExit().join();
      writer.join();
    }
  }

  private static String id(JsonObject answer) {
    Matcher named = ID.matcher(answer.getString("text"));
    assertThat(named.find()).as(answer.encode()).isTrue();
    return named.group(1);
  }
}
