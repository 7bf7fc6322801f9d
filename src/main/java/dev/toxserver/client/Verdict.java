package dev.toxserver.client;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.TestCounts;
import dev.toxserver.protocol.Usual;

/** How a run ended, in words: {@code passed in 41.2 s}. */
public final class Verdict {
  private Verdict() {}

  /** What became of it, and how long that took if it was started. */
  public static String words(RunEvent.Exit exit) {
    String what = exit.isGood() ? "passed" : exit.cancelled() ? "cancelled" : "failed";
    String howLong =
        exit.durationMillis().isEmpty()
            ? ""
            : (exit.cancelled() ? " after " : " in ") + time(exit.durationMillis().orElseThrow());
    return what + howLong + (exit.retried() ? ", placed twice: its first runner was lost" : "");
  }

  /** {@code (usual: 38 s, n = 12)}, with a blank before it. */
  public static String words(Usual usual) {
    return " (usual: " + roughly(usual.millis()) + ", n = " + usual.runs() + ")";
  }

  /**
   * How long an environment took and what its tests came to, as far as that is known, behind what
   * came of it: {@code in 3.2 s: 12 passed, 1 failed}, with the blank before it.
   */
  public static String details(EnvironmentResult environment) {
    return environment.durationMillis().map(millis -> " in " + time(millis)).orElse("")
        + environment.tests().map(counts -> ": " + words(counts)).orElse("");
  }

  /** {@code 12 passed, 1 failed, 2 skipped}; of the latter two, what there is. */
  public static String words(TestCounts counts) {
    return counts.passed()
        + " passed"
        + (counts.failed() > 0 ? ", " + counts.failed() + " failed" : "")
        + (counts.skipped() > 0 ? ", " + counts.skipped() + " skipped" : "");
  }

  private static String roughly(long millis) {
    boolean tenthsMatter = millis < 9_950 || millis >= 59_500;
    return tenthsMatter ? time(millis) : (millis + 500) / 1_000 + " s";
  }

  /** {@code 3.1 s}, {@code 2 min 05 s} or {@code 1 h 02 min}, rounded. */
  public static String time(long millis) {
    long tenths = (millis + 50) / 100;
    if (tenths < 600) {
      return tenths / 10 + "." + tenths % 10 + " s";
    }
    long seconds = (millis + 500) / 1_000;
    if (seconds < 3_600) {
      return seconds / 60 + " min " + twoDigits(seconds % 60) + " s";
    }
    long minutes = (millis + 30_000) / 60_000;
    return minutes / 60 + " h " + twoDigits(minutes % 60) + " min";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
