package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The user's variables over there: which arrive, which do not, and that no value is seen. */
@Timeout(90)
class EnvironmentIT {
  private static final String SECRET = "5ec7e75ec7e7";
  private static final Map<String, String> CLIENTS =
      Map.of("GITHUB_ACTIONS", "true", "NO_COLOR", "1", "OTHER", "not named", "MINE", SECRET);

  @TempDir Path folder;

  @Test
  void whatDescribesTheUsersSideAndWhatIsNamedArrive() throws Exception {
    try (Server server = Server.start(folder, Map.of("PY_COLORS", "1"), "--tox", "sh");
        JarProcess run =
            server.client(CLIENTS, "--env", "MINE", "--env", "B=é", "run", "-c", "env")) {
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      assertThat(run.out().text().lines())
          .contains("GITHUB_ACTIONS=true", "NO_COLOR=1", "MINE=" + SECRET, "B=é")
          .noneMatch(line -> line.startsWith("OTHER=") || line.startsWith("PY_COLORS="));
      assertThat(run.err().textWithoutTime()).isEqualTo("[DONE] passed\n");
    }
  }

  @Test
  void noValueIsSeenInALogOrAStatusOrAFile() throws Exception {
    Path stop = folder.resolve("stop");
    String tox =
        Script.in(folder, "echo begun; until [ -e %s ]; do sleep 0.02; done".formatted(stop));
    try (JarProcess server =
            new JarProcess(folder, Map.of(), "-p", "0", "-l", "debug", "serve", "--tox", tox);
        JarProcess run = client(server, "-l", "debug", "--env", "MINE", "run")) {
      run.out().awaitText("begun");
      try (JarProcess status = client(server, "status", "--json")) {
        assertThat(status.exitCode()).isZero();
        assertThat(status.out().text()).contains("running").doesNotContain(SECRET);
      }
      assertThat(Proc.commandLines()).contains("serve").doesNotContain(SECRET);
      Files.createFile(stop);
      assertThat(run.exitCode()).as(run.err().text()).isZero();
      try (JarProcess quit = client(server, "quit")) {
        assertThat(quit.exitCode()).isZero();
      }
      assertThat(server.exitCode()).isZero();
      assertThat(run.err().text()).doesNotContain(SECRET);
      assertThat(server.err().text()).contains("run").doesNotContain(SECRET);
      assertThat(kept()).isNotEmpty().noneMatch(text -> text.contains(SECRET));
    }
  }

  @Test
  void aServerTakesNoneOrSomeAndSaysWhichItLeftOut() throws Exception {
    try (Server server = Server.start(folder, "--tox", "sh", "--no-env");
        JarProcess run = server.client(CLIENTS, "run", "-c", "env")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).doesNotContain("GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS");
      assertThat(run.err().textWithoutTime())
          .isEqualTo(
              "tox-server: the server takes no GITHUB_ACTIONS from its clients"
                  + " (serve --env-allow)\n[DONE] passed\n");
    }
    try (Server server = Server.start(folder, "--tox", "sh", "--env-allow", "GITHUB_*");
        JarProcess run = server.client(CLIENTS, "--env", "MINE", "run", "-c", "env")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).contains("GITHUB_ACTIONS=true").doesNotContain(SECRET);
      assertThat(run.err().text()).startsWith("tox-server: the server takes no MINE from");
    }
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsRun() throws Exception {
    try (Server server = Server.start(folder, "--tox", "echo");
        JarProcess run = server.client("--env", "a b=" + SECRET, "run")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().text())
          .isEqualTo("tox-server: --env: 'a b' is no variable's name; give NAME or NAME=VALUE\n");
      assertThat(run.out().text() + server.out().text()).isEmpty();
    }
  }

  private JarProcess client(JarProcess server, String... args) throws Exception {
    List<String> all =
        Stream.concat(
                Stream.of("-p", String.valueOf(ListeningPort.of(server.pid()))), Stream.of(args))
            .toList();
    return new JarProcess(folder, CLIENTS, all.toArray(String[]::new));
  }

  /** What the server has left in its folders. */
  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(JarProcess.STATE))) {
      return files.filter(Files::isRegularFile).map(EnvironmentIT::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
