package dev.toxserver.agent;

import dev.toxserver.client.paths.Problem;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunResults;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known to be wrong: the tests that have failed, where the server collects results, else
 * what the output says, each as {@code FILE:LINE: message}.
 *
 * @param entries the first of them, each once
 * @param count how many there are
 * @param what they are, in the plural
 */
record Failures(List<String> entries, int count, String what) {
  private static final int PLACE_BYTES = 200;
  private static final int MESSAGE_BYTES = 300;

  /** Those of a run. Blocks: files are looked for. */
  static Failures of(Optional<RunResults> results, OutputEnd output, ProjectPaths paths) {
    List<FailedTest> tests = results.stream().flatMap(RunResults::failures).toList();
    return tests.isEmpty() ? printed(output, paths) : told(tests, results.orElseThrow(), paths);
  }

  /** The first of them; empty if nothing is known to be wrong. Blocks: a file is looked for. */
  static Optional<String> first(
      Optional<RunResults> results, OutputEnd output, ProjectPaths paths) {
    return results.stream()
        .flatMap(RunResults::failures)
        .findFirst()
        .map(test -> entry(test, paths))
        .or(() -> output.problems().stream().findFirst().map(problem -> entry(problem, paths)));
  }

  private static Failures told(List<FailedTest> tests, RunResults results, ProjectPaths paths) {
    Set<String> entries = new LinkedHashSet<>();
    tests.forEach(test -> entries.add(entry(test, paths)));
    int repeated = tests.size() - entries.size();
    return new Failures(
        List.copyOf(entries),
        new Environments(results).failedTests() - repeated,
        "tests that failed");
  }

  private static Failures printed(OutputEnd output, ProjectPaths paths) {
    return new Failures(
        output.problems().stream().map(problem -> entry(problem, paths)).distinct().toList(),
        output.problemCount(),
        "places where something is wrong");
  }

  private static String entry(FailedTest test, ProjectPaths paths) {
    String line = test.line().isPresent() ? ":" + test.line().getAsInt() : "";
    String place = test.file().map(file -> place(file, line, paths)).orElse("");
    String name = PlainText.cut(PlainText.clean(test.name()), PLACE_BYTES);
    return place
        + (test.message().isEmpty() ? "failed" : message(test.message()))
        + " ("
        + name
        + ")";
  }

  private static String entry(Problem problem, ProjectPaths paths) {
    return place(problem.path(), ":" + problem.line(), paths) + message(problem.message());
  }

  private static String place(String file, String line, ProjectPaths paths) {
    return PlainText.cut(PlainText.clean(paths.asUserSees(file)), PLACE_BYTES) + line + ": ";
  }

  private static String message(String message) {
    return PlainText.cut(PlainText.clean(message), MESSAGE_BYTES);
  }
}
