package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The paths of the server's machine become the user's, who has the same files elsewhere. */
@Timeout(90)
class PathsIT {
  private static final String PRINT = "echo \"at $PWD/a b.py\"; echo \"in $PWD/x.py:3\"";

  @TempDir Path temporary;
  private Path served;
  private Path mine;

  @BeforeEach
  void aProjectThatIsElsewhereForItsUser() throws IOException {
    served = Files.createDirectory(temporary.toRealPath().resolve("served"));
    mine = Files.createDirectory(temporary.toRealPath().resolve("mine"));
  }

  @Test
  void onATerminalTheyAreLinksAndTheTextIsUnchanged() throws Exception {
    try (Server server = serve("--tox", "sh");
        TerminalWindow run =
            TerminalWindow.ofClient(mine, "-p", port(server), "run", "-c", PRINT)) {
      assertThat(run.exitCode()).as(run.out().text()).isZero();
      String screen = run.out().text();
      assertThat(screen)
          .contains("\033]8;;file://%s/x.py\033\\%s/x.py\033]8;;\033\\:3".formatted(mine, served));
      assertThat(screen.replaceAll("\033]8;[^\033]*\033\\\\", ""))
          .startsWith("at %1$s/a b.py\r\nin %1$s/x.py:3\r\n".formatted(served));
    }
  }

  @Test
  void inAPipeTheyStayAsTheyAre() throws Exception {
    try (Server server = serve("--tox", "sh");
        JarProcess run =
            new JarProcess(mine, Map.of("TERM", "xterm"), "-p", port(server), "run", "-c", PRINT)) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("at %1$s/a b.py\nin %1$s/x.py:3\n".formatted(served));
    }
  }

  @Test
  void whatIsWrongGoesToAFileForAnEditor() throws Exception {
    for (Path folder : new Path[] {served, mine}) {
      for (String name : new String[] {"tox.ini", "test_hello.py"}) {
        Files.copy(Path.of("examples/hello-tox", name), folder.resolve(name));
      }
    }
    try (Server server = serve();
        JarProcess run =
            new JarProcess(
                mine, Map.of(), "-p", port(server), "--problems", "found", "run", "-e", "fail")) {
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(Files.readAllLines(mine.resolve("found")))
          .containsExactly(
              mine
                  + "/test_hello.py:"
                  + failingLine()
                  + ": AssertionError: 54 != 42 : this test"
                  + " fails on purpose");
      assertThat(run.err().textWithoutTime()).endsWith("[FAIL] failed\n");
    }
  }

  @Test
  void aFileThatCantBeWrittenIsToldBeforeAnythingIsRun() throws Exception {
    try (Server server = serve("--tox", "echo");
        JarProcess run =
            new JarProcess(mine, Map.of(), "-p", port(server), "--problems", "no/such", "run")) {
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().text()).isEqualTo("tox-server: --problems: no/such can't be written\n");
      assertThat(server.out().text()).isEmpty();
    }
  }

  private static String port(Server server) {
    return String.valueOf(server.port());
  }

  private static int failingLine() throws IOException {
    return Files.readAllLines(Path.of("examples/hello-tox/test_hello.py"))
            .indexOf("        self.assertEqual(6 * 9, 42, \"this test fails on purpose\")")
        + 1;
  }

  /** What a server leaves in its folder is in the user's, as if it were mounted there. */
  private Server serve(String... args) throws IOException {
    Server server = Server.start(served, args);
    Path folder = Files.createDirectory(mine.resolve(".tox-server"));
    for (String name : new String[] {"server.json", "token"}) {
      Files.copy(
          served.resolve(".tox-server").resolve(name),
          folder.resolve(name),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    return server;
  }
}
