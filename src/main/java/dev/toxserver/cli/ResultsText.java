package dev.toxserver.cli;

import dev.toxserver.client.Verdict;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TestCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Results for people: a line for each environment, and under it one for each test that failed, in
 * the form that editors know, {@code FILE:LINE: message}.
 */
final class ResultsText {
  private ResultsText() {}

  static String of(RunResults results) {
    List<String> lines = new ArrayList<>();
    int width =
        results.environments().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (EnvironmentResult environment : results.environments()) {
      lines.add(line(environment, width));
      environment.failures().forEach(test -> lines.add("  " + line(test)));
      int untold =
          environment.tests().map(TestCounts::failed).orElse(0) - environment.failures().size();
      if (untold > 0) {
        lines.add("  and %d more that failed".formatted(untold));
      }
    }
    return String.join("\n", lines);
  }

  /** {@code py311 failed in 3.2 s: 12 passed, 1 failed}. */
  private static String line(EnvironmentResult environment, int width) {
    String outcome =
        environment
            .passed()
            .map(passed -> passed ? "passed" : "failed")
            .orElse(environment.tests().isPresent() ? "tests" : "skipped");
    return environment.name()
        + " ".repeat(width - environment.name().length() + 2)
        + outcome
        + Verdict.details(environment);
  }

  private static String line(FailedTest test) {
    return test.place().map(place -> place + ": ").orElse("")
        + (test.message().isEmpty() ? "failed" : test.message())
        + " ("
        + test.name()
        + ")";
  }
}
