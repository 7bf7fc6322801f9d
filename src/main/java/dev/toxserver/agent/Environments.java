package dev.toxserver.agent;

import dev.toxserver.client.Verdict;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TestCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of tox's environments, in few words. */
final class Environments {
  private static final int NAME_BYTES = 60;

  private final List<EnvironmentResult> all;

  Environments(RunResults results) {
    all = results.environments();
  }

  /** A line for each that something has failed in, {@code py311 failed in 3.2 s: 12 passed…}. */
  List<String> bad() {
    return all.stream().filter(EnvironmentResult::isBad).map(Environments::line).toList();
  }

  /** All others by what came of them, {@code passed: py311, lint}, a line each. */
  List<String> others() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (EnvironmentResult each : all) {
      if (!each.isBad()) {
        names.computeIfAbsent(outcome(each), word -> new ArrayList<>()).add(name(each));
      }
    }
    return names.entrySet().stream()
        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
        .toList();
  }

  /**
   * The tests of all together, {@code 311 passed, 2 skipped}; empty if nothing is known of them.
   */
  String tests() {
    return all.stream()
        .flatMap(each -> each.tests().stream())
        .reduce(Environments::sum)
        .map(Verdict::words)
        .orElse("");
  }

  /** How many tests have failed. */
  int failedTests() {
    return all.stream().flatMap(each -> each.tests().stream()).mapToInt(TestCounts::failed).sum();
  }

  /** Whether each that has failed tells of tests that did. */
  boolean failedByTests() {
    return all.stream()
        .filter(EnvironmentResult::isBad)
        .noneMatch(each -> each.failures().isEmpty());
  }

  private static String line(EnvironmentResult each) {
    return name(each) + " " + outcome(each) + Verdict.details(each);
  }

  private static String name(EnvironmentResult each) {
    return PlainText.cut(PlainText.clean(each.name()), NAME_BYTES);
  }

  private static String outcome(EnvironmentResult each) {
    return each.passed()
        .map(passed -> passed ? "passed" : "failed")
        .orElse(
            each.isBad() ? "tests failed" : each.tests().isPresent() ? "tests passed" : "skipped");
  }

  private static TestCounts sum(TestCounts one, TestCounts other) {
    return new TestCounts(
        one.passed() + other.passed(),
        one.failed() + other.failed(),
        one.skipped() + other.skipped());
  }
}
