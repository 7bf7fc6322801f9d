package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.matrix.Display;
import dev.toxserver.matrix.InOrder;
import dev.toxserver.matrix.Result;
import dev.toxserver.matrix.SideBySide;
import dev.toxserver.matrix.Sink;
import dev.toxserver.matrix.SpoolSpace;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a matrix is shown: the process's own streams, and what is at the foot of a terminal. */
class MatrixScreen implements Sink {
  /** How often what goes on is told anew. */
  static final long REDRAW_MILLIS = 300;

  private final Terminal terminal;
  private final Optional<MatrixFoot> foot;
  private final Turns turns;
  private final List<Runnable> waiting = new ArrayList<>();

  private boolean footIsOver;

  /**
   * Shows nothing yet.
   *
   * @param foot if standard error is a terminal that can have one
   */
  MatrixScreen(Terminal terminal, Optional<MatrixFoot> foot, Turns turns) {
    this.terminal = terminal;
    this.foot = foot;
    this.turns = turns;
  }

  /** What goes on, for the foot; the most important first. */
  void tell(List<String> lines) {
    if (!footIsOver) {
      foot.ifPresent(each -> each.show(lines));
    }
  }

  /** Nothing goes on any more: what is at the foot is taken away, and does not come back. */
  void endFoot() {
    tell(List.of());
    footIsOver = true;
  }

  boolean hasFoot() {
    return foot.isPresent();
  }

  /** Says a line at once, wherever the output has got to. */
  void sayNow(String line) {
    terminal.say(foot.map(each -> each.before(line)).orElse(line));
  }

  /** Says which matrix begins. */
  void sayBegun(RunId name, List<EnvironmentRun> runs) {
    sayNow(
        runs.stream()
            .map(EnvironmentRun::environment)
            .collect(Collectors.joining(", ", "[MATRIX] " + name + ": ", "")));
  }

  /**
   * Shows the output of all runs together.
   *
   * @param live whether all at once
   * @param shown called once, when the last run is shown to its end
   */
  Display display(List<String> environments, boolean live, Runnable shown) {
    return live
        ? new SideBySide(this, environments, shown)
        : new InOrder(this, environments.size(), new SpoolSpace(SpoolSpace.USUAL_BYTES), shown);
  }

  /**
   * Says what came of all.
   *
   * @param leftOut the environments that were not run
   * @param then called once that is written
   */
  void sayEnd(
      RunId name, List<MatrixCell> cells, List<Result> leftOut, long wallMillis, Runnable then) {
    say(MatrixSummary.of(cells, leftOut, wallMillis), then);
  }

  /** Says in answer to a ^C that all is ended. */
  void sayCancelling() {
    String line = "Cancelling matrix with the server. ^C again to exit.";
    terminal.sayAfterInterrupt(foot.map(each -> each.before(line)).orElse(line));
  }

  /** What stands before a line that says how something ended. */
  String mark(boolean good) {
    return terminal.mark(good);
  }

  @Override
  public void write(Stream stream, byte[] data) {
    terminal.output(stream, foot.map(each -> each.before(stream, data)).orElse(data));
  }

  @Override
  public boolean isFull() {
    return terminal.isFull(Stream.STDOUT) || terminal.isFull(Stream.STDERR);
  }

  @Override
  public void onDrained(Runnable callback) {
    waiting.add(callback);
    waitForRoom();
  }

  @Override
  public void say(String line, Runnable then) {
    afterwards(
        () -> {
          sayNow(line);
          afterwards(then);
        });
  }

  final void afterwards(Runnable then) {
    terminal.flushed().thenRunAsync(then, turns);
  }

  private void waitForRoom() {
    for (Stream stream : Stream.values()) {
      if (terminal.isFull(stream)) {
        terminal.onDrained(stream, () -> turns.execute(this::waitForRoom));
        return;
      }
    }
    List<Runnable> callbacks = List.copyOf(waiting);
    waiting.clear();
    callbacks.forEach(turns::execute);
  }
}
