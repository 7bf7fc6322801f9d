package dev.toxserver.cli;

import dev.toxserver.client.ShellWord;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** The server's runs as a table for people, with a header. */
final class StatusTable {
  private static final List<String> HEADER =
      List.of("ID", "STATE", "AGE", "DURATION", "USUAL", "EXIT", "ARGS");
  private static final String MATRIX = "MATRIX";
  private static final String RUNNER = "RUNNER";
  private static final String LOCAL = "local";
  private static final int MOST_OF_ARGS = 60;

  /** What is over in a moment is not called slow. */
  private static final long LEAST_SLOW_MILLIS = 1_000;

  private StatusTable() {}

  /**
   * The table's lines.
   *
   * @param cut whether long arguments are cut, so that a line fits on a terminal
   */
  static String of(List<RunStatus> runs, boolean cut) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    runs.forEach(run -> rows.add(row(run, cut)));
    List<String> matrices = runs.stream().map(StatusTable::cell).toList();
    return Table.of(
        withColumn(
            withColumn(rows, MATRIX, matrices, "-"),
            RUNNER,
            runs.stream().map(run -> run.runner().orElse(LOCAL)).toList(),
            LOCAL));
  }

  private static String cell(RunStatus run) {
    return run.cell().map(cell -> cell.matrix() + " " + cell.environment()).orElse("-");
  }

  /** Before the arguments, and only where it says more than what is usual. */
  private static List<List<String>> withColumn(
      List<List<String>> rows, String header, List<String> values, String usual) {
    if (values.stream().allMatch(usual::equals)) {
      return rows;
    }
    List<List<String>> wider = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = new ArrayList<>(rows.get(i));
      row.add(row.size() - 1, i == 0 ? header : values.get(i - 1));
      wider.add(row);
    }
    return wider;
  }

  /** Two units at most: {@code 3s}, {@code 2m05s}, {@code 1h02m}, {@code 3d04h}. */
  static String duration(long millis) {
    long seconds = millis / 1000;
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    long minutes = seconds / 60;
    return minutes < 24 * 60
        ? "%dh%02dm".formatted(minutes / 60, minutes % 60)
        : "%dd%02dh".formatted(minutes / 1_440, minutes / 60 % 24);
  }

  private static List<String> row(RunStatus run, boolean cut) {
    return List.of(
        run.id().value(),
        state(run),
        duration(run.ageMillis()),
        run.durationMillis().map(StatusTable::duration).orElse("-")
            + (isSlow(run) ? " (slow)" : ""),
        run.usual().map(usual -> duration(usual.millis())).orElse("-"),
        run.returncode().isPresent() ? String.valueOf(run.returncode().getAsInt()) : "-",
        ShellWord.line(run.args(), cut ? MOST_OF_ARGS : Integer.MAX_VALUE));
  }

  /** Twice as slow as usual, where more than one run says what is usual. */
  private static boolean isSlow(RunStatus run) {
    return run.usual()
        .filter(usual -> usual.runs() > 1)
        .filter(usual -> run.durationMillis().orElse(0L) >= 2 * usual.millis())
        .filter(usual -> run.durationMillis().orElse(0L) >= LEAST_SLOW_MILLIS)
        .isPresent();
  }

  private static String state(RunStatus run) {
    return run.state().wireName()
        + (run.state() == RunState.QUEUED ? " " + run.position() : "")
        + (run.exec() ? " (exec)" : "")
        + (run.detached() ? " (detached)" : "")
        + (run.keysAwaited() ? " (waits for keys)" : "")
        + run.round().map(round -> " (round " + round.number() + ")").orElse("");
  }
}
