package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Colours follow the client's standard output; with real tox. */
@Timeout(90)
class ColoursIT {
  private static final String ESCAPE = "\033";

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    for (String file : new String[] {"tox.ini", "test_hello.py"}) {
      Files.copy(Path.of("examples/hello-tox", file), folder.resolve(file));
    }
  }

  @Test
  void aPipeGetsNoEscapeByteWhateverTheServersOwnVariablesSay() throws Exception {
    Map<String, String> coloured = Map.of("PY_COLORS", "1", "FORCE_COLOR", "1");
    try (Server server = Server.start(folder, coloured);
        JarProcess run = server.client("run", "-e", "pass")) {
      assertThat(run.exitCode()).as(run.out().text()).isZero();
      assertThat(run.out().text()).contains("pass: ").doesNotContain(ESCAPE);
      assertThat(run.err().text()).doesNotContain(ESCAPE);
    }
  }

  @Test
  void whoAsksForThemGetsThemInAPipe() throws Exception {
    try (Server server = Server.start(folder);
        JarProcess run =
            server.client(Map.of("PY_COLORS", "1", "FORCE_COLOR", "1"), "run", "-e", "pass")) {
      assertThat(run.exitCode()).as(run.out().text()).isZero();
      assertThat(run.out().text()).contains(ESCAPE);
    }
  }

  @Test
  void onATerminalToxIsAskedForThemUnlessTheUserWantsNone() throws Exception {
    try (Server server = Server.start(folder)) {
      String port = String.valueOf(server.port());
      try (TerminalWindow run =
          TerminalWindow.ofClient(folder, "-p", port, "--no-tty", "run", "-e", "pass")) {
        assertThat(run.exitCode()).as(run.out().text()).isZero();
        assertThat(toxOf(run)).contains(ESCAPE);
      }
      try (TerminalWindow run =
          TerminalWindow.ofClient(
              folder, "-p", port, "--no-tty", "--env", "NO_COLOR=1", "run", "-e", "pass")) {
        assertThat(run.exitCode()).as(run.out().text()).isZero();
        assertThat(toxOf(run)).doesNotContain(ESCAPE);
      }
    }
  }

  /** All but our own last line. */
  private static String toxOf(TerminalWindow run) {
    return run.out()
        .text()
        .lines()
        .filter(line -> !line.contains("DONE"))
        .collect(Collectors.joining("\n"));
  }
}
