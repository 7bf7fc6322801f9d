package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.ShellWord;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.Verdict;
import dev.toxserver.matrix.Result;
import java.util.List;

/** The user may look elsewhere meanwhile: their terminal notifies them of a long run's end. */
final class LongRun {
  private static final int MOST_OF_ARGS = 60;

  private LongRun() {}

  /** Milliseconds since a reading of {@link System#nanoTime}. */
  static long since(long begunNanos) {
    return (System.nanoTime() - begunNanos) / 1_000_000;
  }

  /**
   * Notifies of a run that has ended, if it took longer than the user wants to wait for it.
   *
   * @param all how long all runs took whose last it is, in milliseconds; 0 if it is the only one
   * @param args tox's, as far as they are known here
   */
  static void ended(Outcome outcome, long all, List<String> args, Terminal terminal) {
    if (outcome instanceof Outcome.Exited exited
        && terminal.isLong(Math.max(all, exited.exit().durationMillis().orElse(0L)))) {
      String what = args.isEmpty() ? "" : " (" + ShellWord.line(args, MOST_OF_ARGS) + ")";
      terminal.notifyUser(Verdict.words(exited.exit()) + what);
    }
  }

  /** The same of a matrix that has taken so long. */
  static void ended(List<Result> matrix, long millis, Terminal terminal) {
    if (terminal.isLong(millis)) {
      terminal.notifyUser(
          "matrix " + MatrixSummary.words(matrix, MatrixSummary.state(matrix), millis));
    }
  }
}
