package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What came of one of tox's environments.
 *
 * @param passed what tox says of it; none if only its tests' file says something
 * @param durationMillis none with tox 3, which does not tell it
 * @param tests if there was a file of theirs
 * @param failures tests that failed; perhaps not all that are counted
 */
public record EnvironmentResult(
    String name,
    Optional<Boolean> passed,
    Optional<Long> durationMillis,
    Optional<TestCounts> tests,
    List<FailedTest> failures) {
  /** Takes a copy. */
  public EnvironmentResult {
    failures = List.copyOf(failures);
  }

  /** Whether anything is known to have failed in it. */
  public boolean isBad() {
    return !passed.orElse(true) || tests.filter(counts -> counts.failed() > 0).isPresent();
  }
}
