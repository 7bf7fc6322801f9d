package dev.toxserver.matrix;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What came of one environment.
 *
 * @param environment its name
 * @param runner where it ran; {@code -} if nowhere
 * @param kind what came of it
 * @param returncode that of tox; 1 if there is none
 * @param millis how long it ran, if it did
 * @param note what else there is to say, if anything
 */
public record Result(
    String environment,
    String runner,
    Kind kind,
    int returncode,
    OptionalLong millis,
    String note) {

  /** What can come of an environment. */
  public enum Kind {
    /** Tox left with 0. */
    PASSED,
    /** Tox left with anything else. */
    FAILED,
    /** It was ended before it had come to its end, or never begun. */
    CANCELLED,
    /** Its runner is gone: nobody knows how it would have ended. */
    LOST,
    /** There is no answer, or none that tells how it ended. */
    UNKNOWN,
    /** No runner can take it, and the user does without. */
    SKIPPED;

    /** The word for people. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it does not make the whole fail. */
  public boolean isGood() {
    return kind == Kind.PASSED || kind == Kind.SKIPPED;
  }

  /**
   * The exit code of the whole, as tox's own parallel mode has it (tox 4,
   * session/cmd/run/common.py, report; tox 3 leaves with 1 in place of the code of the only one): 0
   * if none has failed and not all were skipped; that of the only one; with fail-fast, that of the
   * first that failed; else 1.
   *
   * @param results at least one, in the order in which they ended
   */
  public static int exitCode(List<Result> results, boolean failFast) {
    if (results.stream().allMatch(result -> result.kind == Kind.SKIPPED)) {
      return 1;
    }
    if (results.stream().allMatch(Result::isGood)) {
      return 0;
    }
    if (results.size() == 1) {
      return results.get(0).returncode;
    }
    return failFast
        ? results.stream()
            .filter(result -> result.kind == Kind.FAILED)
            .mapToInt(Result::returncode)
            .findFirst()
            .orElse(1)
        : 1;
  }

  /** How long all of them took together, in milliseconds. */
  public static long sum(List<Result> results) {
    return results.stream().mapToLong(result -> result.millis.orElse(0)).sum();
  }
}
