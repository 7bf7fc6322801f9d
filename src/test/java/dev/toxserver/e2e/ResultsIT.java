package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --results}, with real tox and tests that write JUnit XML as pytest does. */
class ResultsIT {
  /** Stands for a test runner: not every machine has pytest. */
  private static final String TESTS =
      """
      import sys
      open(sys.argv[1], "w").write(
          '<testsuites><testsuite name="t"><testcase classname="test_a" name="test_ok"/>'
          '<testcase classname="test_a" name="test_bad"><failure message="assert 1 == 2">'
          'test_a.py:3: AssertionError</failure></testcase></testsuite></testsuites>')
      sys.exit(1)
      """;

  @TempDir Path folder;

  @BeforeEach
  void aProject() throws IOException {
    writeProject(folder);
  }

  /** Puts a project into a folder of which one environment passes, and one has a failed test. */
  static void writeProject(Path folder) throws IOException {
    Files.writeString(folder.resolve("tests.py"), TESTS);
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
        commands = python tests.py {env:TOX_SERVER_JUNIT_DIR:{envtmpdir}}/{envname}.xml
        """);
  }

  @Test
  void whatToxAndTheTestsSayOfThemselvesIsTold() throws Exception {
    Path junit = folder.resolve("all.xml");
    try (Server server = Server.start(folder, "--results");
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).as(run.out().text()).isNotZero();
      try (JarProcess results = server.client("results", "--junit", junit.toString())) {
        assertThat(results.exitCode()).as(results.err().text()).isZero();
        assertThat(results.out().text())
            .matches(
                """
                good  passed( in [0-9.]+ s)?
                bad   failed( in [0-9.]+ s)?: 1 passed, 1 failed
                  test_a.py:3: assert 1 == 2 \\(test_a::test_bad\\)
                """);
      }
      assertThat(junit)
          .content()
          .contains("<testsuite name=\"bad\" tests=\"2\" failures=\"1\"", "line=\"3\"");
      try (JarProcess again = server.client("rerun", "--failed")) {
        assertThat(again.exitCode()).isNotZero();
      }
      try (JarProcess results = server.client("results")) {
        assertThat(results.exitCode()).isZero();
        assertThat(results.out().text())
            .containsPattern("(?m)^bad +failed")
            .doesNotContainPattern("(?m)^good +passed");
      }
      assertThat(server.err().text()).doesNotContain("WARNING");
    }
  }

  @Test
  void withoutItNothingIsAddedToARunAndThatIsSaid() throws Exception {
    try (Server server =
            Server.start(folder, "--tox", Script.in(folder, "echo $# ${TOX_RESULT_JSON-none}"));
        JarProcess run = server.client("run", "-e", "x")) {
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("2 none\n");
      try (JarProcess results = server.client("results")) {
        assertThat(results.exitCode()).isEqualTo(1);
        assertThat(results.err().text()).contains("serve --results").hasLineCount(1);
      }
    }
  }

  @Test
  void whatTheUserSaysOfItWinsAndNoFolderIsLeft() throws Exception {
    String tox =
        Script.in(
            folder,
            "[ \"$1\" = --version ] && { echo 4.1.0; exit; }; echo $TOX_SERVER_JUNIT_DIR; echo"
                + " $TOX_RESULT_JSON");
    try (Server server = Server.start(folder, "--results", "--tox", tox);
        JarProcess run = server.client("--env", "TOX_RESULT_JSON=mine", "run")) {
      assertThat(run.exitCode()).isZero();
      String[] lines = run.out().text().split("\n");
      assertThat(lines[1]).isEqualTo("mine");
      assertThat(Path.of(lines[0])).isAbsolute().doesNotExist();
    }
  }
}
