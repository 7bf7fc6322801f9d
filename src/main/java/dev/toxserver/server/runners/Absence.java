package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.door.Connection;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Notices when a runner elsewhere falls silent, tells those who read its runs that it is away, and
 * when nobody need wait for it any longer. All times are of the monotonic clock: one that is set
 * changes nothing. Belongs to the server's context.
 */
final class Absence {
  private static final long LOOK_MILLIS = 1_000;

  /** A runner sends a ping every 2 s: three of them may be late. */
  private static final long MOST_SILENT_MILLIS = 6_500;

  private final Vertx vertx;
  private final Runner runner;
  private final Readers readers;
  private final Collection<RemoteRun> runs;
  private final long graceMillis;
  private final Consumer<String> onOver;
  private final List<Long> timers = new ArrayList<>();
  private boolean away;

  /**
   * A runner that is not there yet.
   *
   * @param runs those that it has
   * @param graceMillis how long it may be away
   * @param onOver is told why nobody waits any longer
   */
  Absence(
      Vertx vertx,
      Runner runner,
      Readers readers,
      Collection<RemoteRun> runs,
      long graceMillis,
      Consumer<String> onOver) {
    this.vertx = vertx;
    this.runner = runner;
    this.readers = readers;
    this.runs = runs;
    this.graceMillis = graceMillis;
    this.onOver = onOver;
  }

  /** Its connection was lost. */
  void begin() {
    end();
    away = true;
    runner.away();
    tell(AbsenceNotice.away(runner.name(), graceMillis));
    timers.add(
        vertx.setTimer(
            graceMillis,
            late ->
                onOver.accept(
                    "the runner %s was away for %s"
                        .formatted(runner.name(), AbsenceNotice.seconds(graceMillis)))));
  }

  /** It is there again, or for the first time, and from now on it has to be heard. */
  void end(Connection connection) {
    end();
    runner.isAt(connection.address());
    // From now on only what it says shows that it is there.
    connection.acknowledges();
    timers.add(vertx.setPeriodic(LOOK_MILLIS, look -> check(connection)));
    if (away) {
      away = false;
      tell(AbsenceNotice.back(runner.name()));
    }
  }

  /** Nothing more is waited for. */
  void end() {
    timers.forEach(vertx::cancelTimer);
    timers.clear();
  }

  private static void check(Connection connection) {
    if (connection.silentMillis() > MOST_SILENT_MILLIS) {
      connection.evict();
    }
  }

  private void tell(RunEvent.Notice notice) {
    runs.forEach(run -> readers.tell(run.id(), notice));
  }
}
