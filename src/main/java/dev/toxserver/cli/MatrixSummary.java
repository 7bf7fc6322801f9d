package dev.toxserver.cli;

import dev.toxserver.client.Verdict;
import dev.toxserver.matrix.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a matrix when it is over: of what failed the last lines, and a table of all. */
final class MatrixSummary {
  private static final List<String> HEADER = List.of("ENVIRONMENT", "RUNNER", "RESULT", "TIME");

  private MatrixSummary() {}

  /**
   * Its lines.
   *
   * @param leftOut the environments that were not run
   * @param wallMillis how long all of it took, by the clock
   */
  static String of(List<MatrixCell> cells, List<Result> leftOut, long wallMillis) {
    List<String> lines = new ArrayList<>();
    if (cells.size() > 1) {
      cells.stream()
          .filter(cell -> cell.result().kind() == Result.Kind.FAILED)
          .forEach(cell -> addLast(cell, lines));
    }
    List<Result> results = results(cells, leftOut);
    lines.add("");
    lines.add(table(results));
    lines.add(
        "Sum " + Verdict.time(Result.sum(results)) + ", by the clock " + Verdict.time(wallMillis));
    return String.join("\n", lines);
  }

  /** What came of all of them. */
  static List<Result> results(List<MatrixCell> cells, List<Result> leftOut) {
    List<Result> results = new ArrayList<>();
    cells.forEach(cell -> results.add(cell.result()));
    results.addAll(leftOut);
    return results;
  }

  /**
   * The exit code of the whole.
   *
   * @param failFast whether it is that of the first that failed, as they ended
   */
  static int exitCode(List<MatrixCell> cells, List<Result> leftOut, boolean failFast) {
    List<MatrixCell> inTime = new ArrayList<>(cells);
    inTime.sort(Comparator.comparingLong(MatrixCell::endedNanos));
    return Result.exitCode(results(inTime, leftOut), failFast);
  }

  /** How all of it ended, in a word. */
  static String state(List<Result> results) {
    if (results.stream().allMatch(Result::isGood)) {
      return "passed";
    }
    if (has(results, Result.Kind.FAILED) || has(results, Result.Kind.LOST)) {
      return "failed";
    }
    return has(results, Result.Kind.CANCELLED) ? "cancelled" : "unknown";
  }

  /** Whether any ended so. */
  static boolean has(List<Result> results, Result.Kind kind) {
    return results.stream().anyMatch(result -> result.kind() == kind);
  }

  /** {@code failed in 4.3 s: lint}. */
  static String words(List<Result> results, String state, long millis) {
    String time = Verdict.time(millis);
    if (state.equals("cancelled")) {
      return state + " after " + time;
    }
    String bad =
        results.stream()
            .filter(result -> !result.isGood())
            .map(Result::environment)
            .collect(Collectors.joining(", "));
    return state + " in " + time + (bad.isEmpty() ? "" : ": " + bad);
  }

  private static void addLast(MatrixCell cell, List<String> lines) {
    lines.add("");
    lines.add(
        "%s failed; 'tox-server logs %s' shows all of it, which ends so:"
            .formatted(cell.run().environment(), cell.run().id()));
    cell.lastLines().forEach(line -> lines.add("  " + line));
  }

  private static String table(List<Result> results) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    results.forEach(result -> rows.add(row(result)));
    return Table.of(rows);
  }

  private static List<String> row(Result result) {
    String note = result.note().isEmpty() ? "" : " (" + result.note() + ")";
    return List.of(
        result.environment(),
        result.runner(),
        result.kind().word(),
        (result.millis().isPresent() ? Verdict.time(result.millis().getAsLong()) : "-") + note);
  }
}
