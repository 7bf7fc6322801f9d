package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that is a job of an interactive shell. */
class JobControlIT {
  @TempDir Path folder;

  private FakeServer server;
  private TerminalWindow window;

  @BeforeEach
  void aShellThatWaitsForACommand() throws Exception {
    server = new FakeServer();
    Path rc = Files.writeString(folder.resolve("rc"), "PS1='[$?]> '\n");
    // With its own line editor, the shell's prompt would be as raw as a program's.
    window =
        TerminalWindow.open(
            folder, Map.of(), "bash", "--rcfile", rc.toString(), "--noediting", "-i");
    window.out().awaitText("[0]> ");
  }

  @AfterEach
  void close() throws IOException {
    window.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"run, ^Z", "run, ~^Z", "exec true, ~^Z"})
  void whoSuspendsItIsInTheirShellAndFgGoesOnAtTheSamePlace(String command, String keys)
      throws Exception {
    JsonObject run = start(command);
    window.type("ab\r");
    int taken = takeAll("ab\r", 0);
    window.type(keys.replace("^Z", "\032"));
    window.out().awaitText("Stopped");
    window.out().awaitText("[148]> ");
    window.awaitCooked();
    window.type("fg\r");
    window.awaitRaw();
    window.type("c");
    assertThat(takeAll("c", taken)).isEqualTo(taken + 1);
    server.exit(run, 1, 7);
    window.out().awaitText("[7]> ");
  }

  @Test
  void withExecCtrlZGoesToTheProgram() throws Exception {
    start("exec bash");
    window.type("\032");
    assertThat(takeAll("\032", 0)).isOne();
  }

  @Test
  void aNewSizeOfTheMeantimeIsToldWhenItGoesOn() throws Exception {
    start("run");
    window.type("\032");
    window.out().awaitText("[148]> ");
    window.resize(60, 20);
    window.type("fg\r");
    JsonObject resize = server.next();
    assertThat(resize.getString("address")).isEqualTo("tox.resize");
    assertThat(resize.getJsonObject("body").getInteger("columns")).isEqualTo(60);
  }

  @Test
  void whoStoppedItOtherwiseFindsTheTerminalRawAgain() throws Exception {
    start("run");
    Signal.send(
        "STOP",
        ProcessHandle.of(window.commandsPid())
            .orElseThrow()
            .children()
            .findFirst()
            .orElseThrow()
            .pid());
    window.out().awaitText("[147]> ");
    window.type("fg\r");
    window.awaitRaw();
  }

  @Test
  void inTheBackgroundItLeavesTheTerminalAlone() throws Exception {
    String before = window.settings();
    window.type(command("run") + " &\r");
    JsonObject run = server.acceptRun();
    assertThat(run.getJsonObject("body").containsKey("terminal")).isFalse();
    started(run);
    server.output(run, 1, "hello");
    window.out().awaitText("hello");
    server.exit(run, 2, 0);
    window.out().awaitText("passed");
    window.type("wait; echo waited\r");
    window.out().awaitText("\nwaited");
    assertThat(window.out().text()).doesNotContain("Stopped");
    assertThat(before).isNotEmpty();
  }

  private JsonObject start(String command) throws Exception {
    window.type(command(command) + "\r");
    JsonObject run = server.acceptRun();
    started(run);
    window.awaitRaw();
    return run;
  }

  private String command(String command) {
    return String.join(" ", JarProcess.command())
        + " -h 127.0.0.1 -p "
        + server.port()
        + " "
        + command;
  }

  private void started(JsonObject run) throws IOException {
    server.event(run, TypedInto.startedInATerminal());
  }

  /** Takes input until these keys have come; where they end. */
  private int takeAll(String keys, int from) throws Exception {
    StringBuilder got = new StringBuilder();
    while (got.length() < keys.length()) {
      JsonObject input = server.next();
      JsonObject body = input.getJsonObject("body");
      assertThat(body.getInteger("offset")).isEqualTo(from + got.length());
      got.append(new String(java.util.Base64.getDecoder().decode(body.getString("data"))));
      server.reply(input, new JsonObject().put("offset", from + got.length()));
    }
    assertThat(got).hasToString(keys);
    return from + got.length();
  }
}
