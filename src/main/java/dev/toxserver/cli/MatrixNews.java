package dev.toxserver.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is told of a matrix beside its output. All calls are on the main thread. */
final class MatrixNews {
  private final List<MatrixCell> cells;
  private final MatrixScreen screen;
  private String said = "";

  /**
   * Has told nothing yet.
   *
   * @param cells is looked at whenever something is told
   */
  MatrixNews(List<MatrixCell> cells, MatrixScreen screen) {
    this.cells = cells;
    this.screen = screen;
  }

  /** What goes on now: a sum, a line for each that runs, and one for all that wait. */
  List<String> progress() {
    long over = cells.stream().filter(MatrixCell::hasEnded).count();
    long bad =
        cells.stream().filter(MatrixCell::hasEnded).filter(cell -> !cell.result().isGood()).count();
    List<String> lines = new ArrayList<>();
    lines.add(over + " of " + cells.size() + " done" + (bad == 0 ? "" : ", " + bad + " failed"));
    cells.stream().filter(MatrixCell::isRunning).map(MatrixCell::progress).forEach(lines::add);
    if (cells.stream().anyMatch(MatrixCell::isWaiting)) {
      lines.add(
          cells.stream()
              .filter(MatrixCell::isWaiting)
              .map(cell -> cell.run().environment())
              .collect(Collectors.joining(", ", "waiting: ", "")));
    }
    return lines;
  }

  /** Says the place of one in the queue, if it is the next to be shown and nothing runs. */
  void queued(MatrixCell cell, String place) {
    boolean next = cells.stream().filter(each -> !each.hasEnded()).findFirst().get().equals(cell);
    if (next && cells.stream().noneMatch(MatrixCell::isRunning)) {
      screen.sayNow(cell.run().environment() + " is queued" + place);
    }
  }

  /**
   * Says a line of one that has no output yet in which it could stand. What is said of many at
   * once, as that the connection is lost, is said once.
   */
  void say(MatrixCell cell, String line) {
    if (!line.equals(said)) {
      said = line;
      screen.sayNow(cell.run().environment() + ": " + line);
    }
  }
}
