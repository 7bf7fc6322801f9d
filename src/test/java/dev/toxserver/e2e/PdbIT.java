package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's debugger, where real tox runs a test that stops in it: as if it ran here. */
class PdbIT {
  private static final String PROMPT = "(Pdb) ";
  private static final String UP = "\033[A";

  @TempDir Path folder;

  @BeforeEach
  void aTestThatStopsInTheDebugger() throws IOException {
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = py
        [testenv]
        skip_install = true
        commands = python {posargs:} stop.py
        """);
    Files.writeString(
        folder.resolve("stop.py"),
        """
        answer = 41
        breakpoint()
        assert answer == 42, "not yet"
        print("it", "passed")
        """);
  }

  @Test
  void overTcp() throws Exception {
    try (Server server = Server.start(folder);
        TerminalWindow window = server.inTerminal("run", "-e", "py")) {
      debug(window);
    }
  }

  @Test
  void overTls() throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.server("server", "IP:127.0.0.1");
    try (Server server =
            Server.start(folder, certificates.options("server").toArray(String[]::new));
        TerminalWindow window =
            server.inTerminal("--tls-ca", certificates.file("ca.pem"), "run", "-e", "py")) {
      debug(window);
    }
  }

  @Test
  void overAUnixSocket() throws Exception {
    try (SocketServer server = SocketServer.start(folder, "exec tox \"$@\"");
        TerminalWindow window =
            TerminalWindow.ofClient(folder, "--socket", SocketServer.NAME, "run", "-e", "py")) {
      debug(window);
      assertThat(server.isAlive()).isTrue();
    }
  }

  @Test
  void aTestThatFailsIsLookedIntoBehindTheFact() throws Exception {
    try (Server server = Server.start(folder);
        TerminalWindow window = server.inTerminal("run", "--", "-m", "pdb", "-c", "continue")) {
      prompt(window, 1);
      window.type("c\r");
      hears(window, "AssertionError: not yet");
      prompt(window, 2);
      window.type("p answer + 1\r");
      hears(window, "42");
      prompt(window, 3);
      window.type("q\r");
      prompt(window, 4);
      window.type("q\r");
      assertThat(window.exitCode()).isZero();
    }
  }

  @Test
  void ctrlCIsTheDebuggersAndCtrlDTheEnd() throws Exception {
    try (Server server = Server.start(folder);
        TerminalWindow window = server.inTerminal("exec", "python3", "stop.py")) {
      prompt(window, 1);
      window.type("abc\003");
      prompt(window, 2);
      window.type("\004");
      assertThat(window.exitCode()).isNotZero();
      assertThat(window.out().text()).contains("KeyboardInterrupt").contains("bdb.BdbQuit");
    }
  }

  @Test
  void afterALostConnectionTheDebuggerIsAtTheSamePrompt() throws Exception {
    try (Server server = Server.start(folder);
        Proxy proxy = new Proxy(server.port());
        TerminalWindow window =
            TerminalWindow.ofClient(folder, at(server, proxy.port(), "run", "-e", "py"))) {
      prompt(window, 1);
      window.type("answer = ");
      window.out().awaitText("answer = ");
      proxy.goAway();
      window.out().awaitText("Reconnecting…");
      proxy.comeBack();
      window.out().awaitText("Connected again.");
      window.awaitRaw();
      window.type("42\r");
      prompt(window, 2);
      window.type("c\r");
      assertThat(window.exitCode()).isZero();
      assertThat(window.out().text()).contains("it passed");
    }
  }

  @Test
  void anotherTerminalMayWatchItAndTakeTheKeyboardWhileItStands() throws Exception {
    try (Server server =
            Server.start(folder, "--requester-patience", "0.5", "--onlooker-patience", "0.5");
        TerminalWindow first = server.inTerminal("run", "-e", "py")) {
      prompt(first, 1);
      try (TerminalWindow onlooker = server.inTerminal("attach");
          TerminalWindow second = server.inTerminal("attach", "--take")) {
        shows(onlooker, 1);
        onlooker.type("p 'not' + ' mine'\r");
        prompt(second, 1);
        first.out().awaitText("Another client has taken the run over");
        second.awaitRaw();
        second.type("answer += 1\r");
        prompt(second, 2);
        shows(onlooker, 2);
        shows(first, 2);
        second.type("c\r");
        assertThat(second.exitCode()).isZero();
        assertThat(first.exitCode()).isZero();
        assertThat(onlooker.exitCode()).isZero();
        assertThat(second.out().text()).contains("it passed").doesNotContain("not mine");
      }
    }
  }

  private void debug(TerminalWindow window) throws Exception {
    prompt(window, 1);
    window.type("p answer\r");
    hears(window, "41");
    window.type("answer = 7\177" + "42\r");
    prompt(window, 3);
    window.type(UP + "\r");
    prompt(window, 4);
    window.type("p ans\t == 42\r");
    hears(window, "True");
    window.type("c\r");
    assertThat(window.exitCode()).isZero();
    assertThat(window.out().text()).contains("it passed").contains("DONE");
  }

  /** Waits for a line, whatever its colours are, and however often tox returns the carriage. */
  private static void hears(TerminalWindow window, String line) {
    await()
        .atMost(Captured.DEADLINE)
        .until(
            () ->
                window
                    .out()
                    .text()
                    .replaceAll("\033\\[[0-9;?]*[A-Za-z]|\r", "")
                    .lines()
                    .anyMatch(line::equals));
  }

  /** Waits until the debugger asks, the so manieth time, and hears what is typed. */
  private static void prompt(TerminalWindow window, int times) {
    shows(window, times);
    window.awaitRaw();
  }

  /** Waits until the debugger's prompt is to be seen so often. */
  private static void shows(TerminalWindow window, int times) {
    await(times + " prompts")
        .atMost(Captured.DEADLINE)
        .until(() -> window.out().text().split(Pattern.quote(PROMPT), -1).length > times);
  }

  private static String[] at(Server server, int port, String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of("-h", "127.0.0.1", "-p", String.valueOf(port)));
    all.addAll(List.of(command));
    return all.toArray(String[]::new);
  }
}
