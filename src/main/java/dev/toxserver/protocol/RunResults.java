package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.Stream;

/**
 * What came of a run: what tox itself, and the tests in their own files, have said of it.
 *
 * @param environments in the order in which tox has them; at most {@link #MOST_ENVIRONMENTS}
 * @param notice what could not be read or is not told, in one line
 */
public record RunResults(List<EnvironmentResult> environments, Optional<String> notice) {
  /** More environments are not told. */
  public static final int MOST_ENVIRONMENTS = 200;

  /** More failed tests, of all environments together, are counted and not told. */
  public static final int MOST_FAILURES = 100;

  /** The most characters (UTF-16) of a name, of a file's path, and of a message. */
  public static final int MOST_CHARACTERS = 300;

  /** Takes a copy. */
  public RunResults {
    environments = List.copyOf(environments);
  }

  /** The names of the environments that something is known to have failed in, in their order. */
  public List<String> failed() {
    return environments.stream()
        .filter(EnvironmentResult::isBad)
        .map(EnvironmentResult::name)
        .toList();
  }

  /** The tests that have failed and are told, in the order of their environments. */
  public Stream<FailedTest> failures() {
    return environments.stream().flatMap(each -> each.failures().stream());
  }

  /** Whether there is nothing that somebody would want to know. */
  public boolean isEmpty() {
    return environments.isEmpty() && notice.isEmpty();
  }

  /** Roughly the bytes that they take in memory. */
  public long weight() {
    return environments.stream()
        .mapToLong(each -> 400 + each.failures().stream().mapToLong(FailedTest::weight).sum())
        .sum();
  }

  /**
   * A text of the run's own, as it can be kept, and shown on a terminal: one line, cut, without
   * what a terminal would obey.
   */
  public static String shown(String text) {
    StringBuilder line = new StringBuilder();
    PrimitiveIterator.OfInt rest =
        text.strip().lines().findFirst().orElse("").codePoints().iterator();
    while (rest.hasNext() && line.length() < MOST_CHARACTERS - 1) {
      int c = rest.nextInt();
      line.appendCodePoint(Character.isISOControl(c) || isHalf(c) ? '?' : c);
    }
    return line.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint <= 0xffff && Character.isSurrogate((char) codePoint);
  }
}
