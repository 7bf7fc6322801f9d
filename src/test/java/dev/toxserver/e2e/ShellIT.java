package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell over there, in a real terminal: with it nobody needs another way into the container. */
class ShellIT {
  @TempDir Path folder;

  @Test
  void itsKeysAreTheShellsAlsoThoseOfJobControl() throws Exception {
    try (Server server = Server.start(folder);
        TerminalWindow window = shell(server)) {
      window.type("sleep 600\r");
      window.out().awaitText("sleep 600\r\n");
      window.type("\032");
      window.out().awaitText("Stopped");
      window.type("jobs; stty size; echo $((6 * 7)) $TERM\r");
      window.out().awaitText("42 xterm-256color");
      assertThat(window.shown()).contains("\n30 100\n");
      window.type("disown; exit 3\r");
      assertThat(window.exitCode()).isEqualTo(3);
      assertThat(window.shown()).doesNotContain("[FAIL]").doesNotContain("[DONE]");
    }
  }

  @Test
  void endOfFileLeavesItAndTheTerminalIsAsBefore() throws Exception {
    try (Server server = Server.start(folder);
        TerminalWindow window = shell(server)) {
      window.awaitRaw();
      window.type("\004");
      assertThat(window.exitCode()).isZero();
      assertThat(window.shown()).contains("exit\n");
    }
  }

  @Test
  void whatItHasInTheBackgroundEndsWithIt() throws Exception {
    Path pid = folder.resolve("pid");
    try (Server server = Server.start(folder);
        TerminalWindow window = shell(server)) {
      window.type("nohup sleep 600 >/dev/null 2>&1 & echo $! >%s; exit\r".formatted(pid));
      assertThat(window.exitCode()).isZero();
      assertThat(Proc.isAlive(pid)).isFalse();
    }
  }

  private TerminalWindow shell(Server server) throws Exception {
    String port = String.valueOf(server.port());
    TerminalWindow window =
        TerminalWindow.ofClient(
            folder, "-p", port, "-h", "127.0.0.1", "exec", "env", "PS1=ready> ", "bash", "--norc");
    window.out().awaitText("ready> ");
    return window;
  }
}
