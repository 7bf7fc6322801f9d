package dev.toxserver.cli;

import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether some files are known to be good, by the runs of exactly these. */
final class TreeVerdict {
  private TreeVerdict() {}

  /**
   * Whether of all arguments that were run the last run has passed, and there is one. What was
   * cancelled, lost or has not ended says nothing.
   *
   * @param runs the newest first
   */
  static boolean isGood(List<RunStatus> runs) {
    Map<List<String>, RunState> last = new HashMap<>();
    for (RunStatus run : runs) {
      if (!run.exec() && (run.state() == RunState.PASSED || run.state() == RunState.FAILED)) {
        last.putIfAbsent(run.args(), run.state());
      }
    }
    return !last.isEmpty() && !last.containsValue(RunState.FAILED);
  }
}
