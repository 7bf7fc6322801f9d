package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;

/** What those are told who read the runs of a runner that is not heard, or was not. */
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

  /** Why what it had in one session is lost when it is heard in a later one. */
  public static String lost(RunnerName runner, String session, String later) {
    return "the runner "
        + runner
        + (RunnerJoin.isOfOneProcess(session, later)
            ? " was cut off for too long, and has ended its runs"
            : " was started again");
  }

  static String seconds(long millis) {
    return millis / 1000.0 + " s";
  }
}
