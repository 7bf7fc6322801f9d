package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The key d of watch in a real terminal: Python's debugger, with real tox. */
@Timeout(120)
class WatchDebuggerIT {
  @TempDir Path folder;

  @Test
  void theDebuggerIsTypedToAndWhatIsSavedMeanwhileIsRunWhenItHasEnded() throws Exception {
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = py
        [testenv]
        skip_install = true
        commands = python answer.py {posargs}
        """);
    Files.writeString(
        folder.resolve("answer.py"),
        """
        import sys
        answer = 40
        if "--pdb" in sys.argv:
            breakpoint()
        print("it", "was", answer)
        """);
    try (Server server = Server.start(folder);
        TerminalWindow window =
            TerminalWindow.open(
                folder, Map.of(), WatchWindow.command(server, "-e", "py").toArray(String[]::new))) {
      assertThat(WatchWindow.awaitFoot(window, 1)).contains("passed");
      window.type("d");
      window.out().awaitText("(Pdb) ");
      window.awaitRaw();
      Files.writeString(folder.resolve("saved.py"), "");
      window.type("answer += 2\r");
      window.type("c\r");
      window.out().awaitText("it was 42");
      assertThat(WatchWindow.awaitFoot(window, 2)).contains("passed", "Next: tox -e py (");
      window.out().awaitText("[SAVE] saved.py");
      window.type("q");
      assertThat(window.exitCode()).isZero();
      assertThat(window.out().text()).contains("it was 40");
    }
  }
}
