package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.ShellWord;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
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
  static void ended(
      Outcome outcome, long all, Settings settings, List<String> args, Terminal terminal) {
    long limit = settings.millis(Setting.NOTIFY_AFTER);
    if (outcome instanceof Outcome.Exited exited
        && limit > 0
        && Math.max(all, exited.exit().durationMillis().orElse(0L)) > limit) {
      terminal.notifyUser(exited.exit(), ShellWord.line(args, MOST_OF_ARGS));
    }
  }
}
