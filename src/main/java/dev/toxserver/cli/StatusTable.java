package dev.toxserver.cli;

import dev.toxserver.client.ShellWord;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The server's runs as a table for people, with a header. */
final class StatusTable {
  private static final List<String> HEADER =
      List.of("ID", "STATE", "AGE", "DURATION", "USUAL", "EXIT", "ARGS");
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
    int last = HEADER.size() - 1;
    int[] widths =
        IntStream.range(0, last)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, last)
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining())
                    + row.get(last))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
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
        + run.round().map(round -> " (round " + round.number() + ")").orElse("");
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length() + 2);
  }
}
