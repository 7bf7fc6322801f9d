package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunnerName;

/** What those are told who read the runs of a runner that is not heard. */
public final class AbsenceNotice {
  private AbsenceNotice() {}

  /** It has fallen silent, and is waited for. */
  public static RunEvent.Notice away(RunnerName runner, long graceMillis) {
    return new RunEvent.Notice(
        "the runner " + runner + " is away; the run waits for it for " + seconds(graceMillis));
  }

  /** It is heard again. */
  public static RunEvent.Notice back(RunnerName runner) {
    return new RunEvent.Notice("the runner " + runner + " is back");
  }

  static String seconds(long millis) {
    return millis / 1000.0 + " s";
  }
}
