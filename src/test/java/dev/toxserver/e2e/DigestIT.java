package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --digest}, with real tox and tests that write JUnit XML as pytest does. */
class DigestIT {
  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    Files.writeString(folder.resolve("test_a.py"), "\n\nassert 1 == 2\n");
    Files.writeString(
        folder.resolve("tests.py"),
        """
        import os, sys
        print("dots " * 20000)
        open(sys.argv[1], "w").write(
            '<testsuites><testsuite name="t"><testcase classname="test_a" name="test_ok"/>'
            '<testcase classname="test_a" name="test_bad"><failure message="assert 1 == 2">'
            '%s/test_a.py:3: AssertionError</failure></testcase></testsuite></testsuites>'
            % os.getcwd())
        sys.exit(1)
        """);
    Files.writeString(
        folder.resolve("tox.ini"),
        """
        [tox]
        skipsdist = true
        [testenv]
        skip_install = true
        [testenv:good]
        commands = python -c "print('much ' * 20000)"
        [testenv:bad]
        commands = python tests.py {env:TOX_SERVER_JUNIT_DIR:{envtmpdir}}/{envname}.xml
        [testenv:none]
        commands = python -c "raise SystemExit('no such thing')"
        """);
  }

  @Test
  void whatARunCameToIsToldInFewBytesAndTheWholeIsKept() throws Exception {
    try (Server server = Server.start(folder, "--results")) {
      assertThat(digest(server, 0, "--digest", "run", "-e", "good"))
          .matches("passed in [0-9.]+ s\npassed: good\nWhole output: tox-server logs \\w+\n")
          .hasSizeLessThanOrEqualTo(300);

      String failed = digest(server, 1, "--digest", "run", "-e", "bad,good");
      assertThat(failed)
          .contains("\nbad failed", ": 1 passed, 1 failed\n", "\npassed: good\n")
          .contains("\ntest_a.py:3: assert 1 == 2 (test_a::test_bad)\n")
          .doesNotContain("dots")
          .hasSizeLessThanOrEqualTo(4096);
      assertThat(digest(server, 1, "attach", "--digest")).isEqualTo(failed);
      assertThat(digest(server, 0, "logs", "--digest")).isEqualTo(failed);

      String id = failed.strip().replaceFirst("(?s).* ", "");
      try (JarProcess logs = server.client("logs", id)) {
        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().text()).contains("dots ".repeat(20_000));
      }
      assertThat(digest(server, 1, "--digest", "run", "-e", "none"))
          .contains("\nnone failed", "\nIts output ends so:\n", "  no such thing\n");
    }
  }

  @Test
  void aRunThatIsCancelledOrDetachedOrAProgramIsToldToo() throws Exception {
    String tox = Script.in(folder, "trap 'kill $!; exit 130' INT; echo begun; sleep 60 & wait");
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess detached = server.client("--digest", "--detach", "run")) {
      assertThat(detached.exitCode()).isZero();
      String id = detached.out().text().strip();
      assertThat(id).matches("\\w+");
      try (JarProcess attached = server.client("attach", "--digest", id);
          JarProcess cancel = server.client("cancel", id)) {
        assertThat(cancel.exitCode()).isZero();
        attached.exitCode();
        assertThat(attached.out().text())
            .startsWith("cancelled after ")
            .endsWith("Whole output: tox-server logs " + id + "\n");
        assertThat(attached.err().text()).isEmpty();
      }
      assertThat(digest(server, 3, "--digest", "exec", "sh", "-c", "echo why; exit 3"))
          .contains("exit code 3\nIts output ends so:\n  why\nWhole output: ");
    }
  }

  private static String digest(Server server, int code, String... args) throws Exception {
    try (JarProcess client = server.client(args)) {
      assertThat(client.exitCode()).as(client.err().text()).isEqualTo(code);
      assertThat(client.err().text()).isEmpty();
      return client.out().text();
    }
  }
}
