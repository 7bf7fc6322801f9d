package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tox, a hub and two runners; and a user at a terminal. */
class MatrixIT {
  @TempDir Path folder;
  private Path here;

  @BeforeEach
  void makeFolder() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
  }

  @Test
  void toxsOwnEnvironmentsRunOnTwoRunnersAndFollowInToxsOrder() throws Exception {
    String python = python();
    try (Server hub =
            Server.start(here, "--no-local", "--runner-token-file", folder + "/runner-token");
        JarProcess left = runner(hub, "left", python);
        JarProcess right = runner(hub, "right", python)) {
      left.err().awaitText("Joined the server");
      right.err().awaitText("Joined the server");
      try (JarProcess matrix = hub.client("matrix", "--", "word")) {
        assertThat(matrix.exitCode()).as(matrix.err().text()).isEqualTo(1);
        matrix.out().awaitEnd();
        assertThat(matrix.out().text())
            .containsSubsequence("slow says word", "quick says word")
            .containsOnlyOnce("slow says word");
        assertThat(matrix.err().text())
            .contains("[DONE] " + python + "-slow: passed in ", "[FAIL] quick: failed in ")
            .contains("quick failed; 'tox-server logs ")
            .containsPattern("\nquick +(left|right) +failed")
            .containsPattern("\n" + python + "-slow +(left|right) +passed");
        assertThat(matrix.err().text().replaceAll("(?s).*ENVIRONMENT", ""))
            .as("each runner has one of them")
            .contains("left", "right");
      }
    }
  }

  @Test
  void theFootOfTheScreenTellsWhatRunsAndOneInterruptEndsAllOfIt() throws Exception {
    String sleeper = "[ \"$1\" = -e ] && sleep 600 & echo $! >%s/pid; wait".formatted(here);
    try (Server server = Server.start(here, "--tox", Script.in(here, sleeper));
        TerminalWindow window = server.inTerminal("matrix", "-e", "a,b")) {
      window.out().awaitText("0 of 2 done");
      window.out().awaitText("a  local  ");
      window.type("\003");
      assertThat(window.exitCode()).as(window.shown()).isEqualTo(1);
      assertThat(window.shown())
          .contains("Cancelling matrix with the server. ^C again to exit.\n")
          .containsPattern("a +local +cancelled")
          .containsPattern("b +- +cancelled");
      await().atMost(Captured.DEADLINE).until(() -> !Proc.isAlive(here.resolve("pid")));
    }
  }

  /** In a checkout of its own, with one place. */
  private JarProcess runner(Server hub, String name, String python) throws IOException {
    Path checkout = Files.createDirectory(folder.resolve(name));
    Files.writeString(
        checkout.resolve("tox.ini"),
        """
        [tox]
        envlist = %1$s-slow, quick
        skipsdist = true

        [testenv]
        skip_install = true
        commands =
            slow: python -c "import sys, time; time.sleep(3); print('slow says', *sys.argv[1:])" {posargs}
            quick: python -c "import sys; print('quick says', *sys.argv[1:]); sys.exit(5)" {posargs}
        """
            .formatted(python));
    return new JarProcess(
        checkout,
        Map.of(),
        "runner",
        "--join",
        "127.0.0.1:" + hub.port(),
        "--name",
        name,
        "--runner-token-file",
        folder + "/runner-token",
        "--no-tee");
  }

  /** A label that both runners find: the Python that there is, as tox calls it. */
  private static String python() throws IOException {
    Process python =
        new ProcessBuilder(
                "python3", "-c", "import sys; print('py%d%d' % sys.version_info[:2], end='')")
            .start();
    return new String(python.getInputStream().readAllBytes());
  }
}
