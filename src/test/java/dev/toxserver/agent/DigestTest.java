package dev.toxserver.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.Stream;
import dev.toxserver.protocol.TestCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  private static final RunId ID = new RunId("mpzhhpf6wq");

  @TempDir Path folder;
  private final OutputEnd output = new OutputEnd();
  private ProjectPaths paths;

  @BeforeEach
  void aProject() throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.createFile(folder.resolve("tests/test_a.py"));
    paths = new ProjectPaths("/srv/app", folder, folder);
  }

  @Test
  void aRunThatHasPassedNeedsThreeLines() {
    RunResults results =
        results(
            environment("py311", true, new TestCounts(311, 0, 2)),
            environment("lint", true, null),
            new EnvironmentResult(
                "py27", Optional.empty(), Optional.empty(), Optional.empty(), List.of()));

    assertThat(digest(ended(0, false, results)))
        .isEqualTo(
            """
            passed in 12.4 s: tests 311 passed, 2 skipped
            passed: py311, lint
            skipped: py27
            Whole output: tox-server logs mpzhhpf6wq
            """);
  }

  @Test
  void failedTestsAreToldWithTheirPlacesAndNothingElseOfTheOutput() {
    print("much that is of no use\n");
    RunResults results =
        results(
            environment(
                "py311",
                false,
                new TestCounts(311, 1, 0),
                new FailedTest(
                    "tests.test_a::test_b",
                    Optional.of("/srv/app/tests/test_a.py"),
                    OptionalInt.of(41),
                    "assert 401 == 200")),
            environment("lint", true, null));

    assertThat(digest(ended(1, false, results)))
        .isEqualTo(
            """
            failed in 12.4 s, exit code 1: tests 311 passed, 1 failed
            py311 failed in 2.0 s: 311 passed, 1 failed
            passed: lint
            tests/test_a.py:41: assert 401 == 200 (tests.test_a::test_b)
            Whole output: tox-server logs mpzhhpf6wq
            """);
  }

  @Test
  void anEnvironmentThatFailedWithoutATestIsToldByTheEndOfTheOutput() {
    print("\033[31mERROR\033[0m: No matching distribution found for nosuch\n");

    assertThat(digest(ended(1, false, results(environment("py311", false, null)))))
        .isEqualTo(
            """
            failed in 12.4 s, exit code 1
            py311 failed in 2.0 s
            Its output ends so:
              ERROR: No matching distribution found for nosuch
            Whole output: tox-server logs mpzhhpf6wq
            """);
  }

  @Test
  void withoutResultsTheOutputSaysWhatIsWrong() {
    print(
        """
        >       assert login() == 200
        E       assert 401 == 200

        tests/test_a.py:41: AssertionError
        1 failed in 0.1s
        """);

    assertThat(digest(ended(1, false, null)))
        .contains("tests/test_a.py:41: assert 401 == 200\n", "  1 failed in 0.1s\n");
  }

  @Test
  void aRunThatWasKilledIsToldByItsSignalAndTheEndOfItsOutput() {
    print("tests/test_a.py ....");

    assertThat(digest(ended(139, false, null)))
        .isEqualTo(
            """
            failed in 12.4 s, exit code 139 (signal 11)
            Its output ends so:
              tests/test_a.py ....
            Whole output: tox-server logs mpzhhpf6wq
            """);
  }

  @Test
  void whatIsNoEndIsToldByItsReason() {
    assertThat(digest(new Outcome.Failed("the run's result is unknown: the server died")))
        .isEqualTo(
            """
            the run's result is unknown: the server died
            It has printed nothing.
            Whole output: tox-server logs mpzhhpf6wq
            """);
    assertThat(digest(new Outcome.Shown(false))).startsWith("still running\n");
  }

  @Test
  void tenThousandFailuresAreToldInFourKilobytes() {
    List<FailedTest> first = new ArrayList<>();
    for (int i = 0; i < RunResults.MOST_FAILURES; i++) {
      first.add(
          new FailedTest(
              "tests.test_a::test_" + i,
              Optional.of("tests/test_a.py"),
              OptionalInt.of(i + 1),
              "ä".repeat(300)));
    }
    String told =
        digest(
            ended(
                1,
                false,
                results(
                    environment(
                        "x".repeat(300),
                        false,
                        new TestCounts(0, 10_000, 0),
                        first.toArray(FailedTest[]::new)))));

    assertThat(bytes(told)).isBetween(Digest.RED_BYTES / 2, Digest.RED_BYTES);
    assertThat(told)
        .contains("\ntests/test_a.py:1: ä")
        .containsPattern("\nand 9,?9\\d\\d more tests that failed\n")
        .endsWith("logs mpzhhpf6wq\n");
  }

  @Test
  void tenThousandFailuresThatOnlyTheOutputTellsFitToo() {
    for (int i = 1; i <= 10_000; i++) {
      print("E       assert %d == 0\ntests/test_a.py:%d: AssertionError\n".formatted(i, i));
    }
    String told = digest(ended(1, false, null));

    assertThat(bytes(told)).isBetween(Digest.RED_BYTES / 2, Digest.RED_BYTES);
    assertThat(told)
        .contains("\ntests/test_a.py:1: assert 1 == 0\n", "  tests/test_a.py:10000: Assertion")
        .containsPattern("\nand 99\\d\\d more places");
  }

  @Test
  void twoHundredEnvironmentsThatHavePassedFitIntoThreeHundredBytes() {
    EnvironmentResult[] many = new EnvironmentResult[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = environment("py" + i + "-ä".repeat(140), true, null);
    }
    String told =
        Digest.of(new RunId("x".repeat(64)), ended(0, true, results(many)), output, paths);

    assertThat(bytes(told)).isBetween(100, Digest.GREEN_BYTES);
    assertThat(told).startsWith("passed in").endsWith("logs " + "x".repeat(64) + "\n");
  }

  @Test
  void oneLineOfTenMegabytesAndBytesThatAreNoTextFit() {
    byte[] piece = new byte[1024 * 1024];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = (byte) (i % 2 == 0 ? 0xc3 : 0xf0);
    }
    for (int i = 0; i < 10; i++) {
      output.take(Stream.STDERR, piece);
    }
    String told = digest(ended(1, false, null));

    assertThat(bytes(told)).isLessThanOrEqualTo(Digest.RED_BYTES);
    assertThat(told).contains("Its output ends so:\n  \ufffd").doesNotContain("\0");
  }

  private String digest(Outcome outcome) {
    return Digest.of(ID, outcome, output, paths);
  }

  private void print(String text) {
    output.take(Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static int bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    return bytes.length;
  }

  private static Outcome ended(int code, boolean incomplete, RunResults results) {
    return new Outcome.Exited(
        new RunEvent.Exit(9, code, false, Optional.of(12_400L), Optional.empty()),
        incomplete,
        Optional.empty(),
        Optional.ofNullable(results));
  }

  private static RunResults results(EnvironmentResult... environments) {
    return new RunResults(List.of(environments), Optional.empty());
  }

  private static EnvironmentResult environment(
      String name, boolean passed, TestCounts tests, FailedTest... failures) {
    return new EnvironmentResult(
        name,
        Optional.of(passed),
        Optional.of(2_000L),
        Optional.ofNullable(tests),
        List.of(failures));
  }
}
