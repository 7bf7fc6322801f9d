package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The user is notified of the end of a long run, where a terminal can do that. */
@Timeout(90)
class NotificationIT {
  private static final String ALERT =
      "\033]9;tox-server: passed in \\d+\\.\\d s \\(-c 'sleep 0\\.3'\\)\007\033]777;notify;tox-server;passed in ";

  @TempDir Path folder;

  @Test
  void aTerminalNotifiesOfALongRun() throws Exception {
    try (Server server = Server.start(folder, "--tox", "sh");
        TerminalWindow run =
            TerminalWindow.ofClient(
                folder,
                "-p",
                String.valueOf(server.port()),
                "--notify-after",
                "0.2",
                "run",
                "-c",
                "sleep 0.3")) {
      assertThat(run.exitCode()).as(run.out().text()).isZero();
      assertThat(run.out().text()).containsPattern(ALERT);
    }
  }

  @Test
  void soItDoesOfALongRunThatASaveHasMade() throws Exception {
    try (Server server = Server.start(folder, "--tox", "sh")) {
      List<String> watch = JarProcess.command();
      watch.addAll(List.of("-p", String.valueOf(server.port()), "--notify-after", "0.2"));
      watch.addAll(List.of("--ignore", JarProcess.STATE, "watch", "-c", "sleep 0.3"));
      try (TerminalWindow window =
          TerminalWindow.open(folder, Map.of(), watch.toArray(String[]::new))) {
        WatchWindow.awaitFoot(window, 1);
        assertThat(window.out().text()).containsPattern(ALERT);
      }
    }
  }

  @Test
  void ofAShortOneOrIfNeverIsSaidItDoesNot() throws Exception {
    try (Server server = Server.start(folder, "--tox", "sh")) {
      for (String after : new String[] {"100", "0"}) {
        try (TerminalWindow run =
            TerminalWindow.ofClient(
                folder,
                "-p",
                String.valueOf(server.port()),
                "--notify-after",
                after,
                "run",
                "-c",
                "sleep 0.3")) {
          assertThat(run.exitCode()).isZero();
          assertThat(run.out().text()).contains("passed in").doesNotContain("\033]9;", "777");
        }
      }
    }
  }

  @Test
  void theEndOfALongMatrixIsToldOnce() throws Exception {
    try (Server server = Server.start(folder, "--tox", Script.in(folder, "sleep 0.3; [ $2 = a ]"));
        TerminalWindow matrix = server.inTerminal("--notify-after", "0.2", "matrix", "-e", "a,b")) {
      assertThat(matrix.exitCode()).isEqualTo(1);
      assertThat(matrix.out().text())
          .containsOnlyOnce("\033]9;tox-server: matrix failed in ")
          .containsPattern(" s: b\007\033]777;notify;tox-server;matrix failed");
    }
  }

  @Test
  void aPipeIsNotToldOfIt() throws Exception {
    try (Server server = Server.start(folder, "--tox", "sh");
        JarProcess run = server.client("--notify-after", "0.2", "run", "-c", "sleep 0.3")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.err().textWithoutTime()).isEqualTo("[DONE] passed\n");
    }
  }
}
