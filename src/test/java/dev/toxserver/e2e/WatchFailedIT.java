package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The key f of watch in a real terminal: only what has failed, with real tox. */
@Timeout(120)
class WatchFailedIT {
  /** In the summary of tox 3 and of tox 4. */
  private static final Pattern GOOD = Pattern.compile("  good: (commands succeeded|OK \\()");

  @TempDir Path folder;

  @Test
  void whatHasFailedIsRunAloneAfterEachSaveUntilAllIsWanted() throws Exception {
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        envlist = good, bad
        [testenv]
        skip_install = true
        [testenv:good]
        commands = python -c pass
        [testenv:bad]
        commands = python answer.py
        """);
    Path answer = Files.writeString(folder.resolve("answer.py"), "raise SystemExit(1)\n");
    try (Server server = Server.start(folder, "--results");
        TerminalWindow window = watch(server)) {
      assertThat(WatchWindow.awaitFoot(window, 1)).contains("failed").contains("Next: tox  (");
      window.type("f");
      assertThat(WatchWindow.awaitFoot(window, 2)).contains("failed").contains("tox -e bad (");
      Files.writeString(answer, "pass\n");
      assertThat(WatchWindow.awaitFoot(window, 3)).contains("passed").contains("tox -e bad (");
      assertThat(GOOD.matcher(window.out().text()).results()).hasSize(1);
      window.type("f");
      window.out().awaitText("tox-server: no environment has failed in the last run.");
      WatchWindow.awaitFoot(window, 4);
      window.type("a");
      assertThat(WatchWindow.awaitFoot(window, 5)).contains("passed").contains("Next: tox  (");
    }
  }

  @Test
  void aServerThatDoesNotKnowWhatHasFailedIsToldOfInOneLine() throws Exception {
    String tox = Script.in(folder, "exit 1");
    try (Server server = Server.start(folder, "--tox", tox);
        TerminalWindow window = watch(server, "-e", "py")) {
      WatchWindow.awaitFoot(window, 1);
      window.type("f");
      assertThat(WatchWindow.awaitFoot(window, 2)).contains("Next: tox -e py (");
      assertThat(window.out().text())
          .containsOnlyOnce("of the last run's environments: f needs 'serve --results'.\r\n")
          .containsOnlyOnce("FAIL");
    }
  }

  private TerminalWindow watch(Server server, String... args) throws Exception {
    List<String> command = WatchWindow.command(server, args);
    return TerminalWindow.open(folder, Map.of(), command.toArray(String[]::new));
  }
}
