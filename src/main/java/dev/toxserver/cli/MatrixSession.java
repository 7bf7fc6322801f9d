package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.matrix.Display;
import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out any list of environments' runs, be they begun or only followed: shows them in the
 * list's order, or all at once, ends them when the user wants, and tells what came of each. Each
 * has a client of its own, and is asked for as soon as the server has accepted the one before: so
 * the server's queue has the list's order. One list at a time, and another when it is done. All
 * calls are on the main thread.
 */
final class MatrixSession {
  private final Clients clients;
  private final Turns turns;
  private final MatrixScreen screen;
  private final boolean live;
  private final boolean failFast;

  private final List<MatrixCell> cells = new ArrayList<>();
  private final List<MatrixTerminal> terminals = new ArrayList<>();
  private final MatrixNews news;
  private Display display;
  private End end;
  private int asked;
  private boolean ending;

  /** Who takes how a list has ended: one of both is called, once. */
  interface End {
    /** All have ended, and are shown; what came of each, in the list's order. */
    void done(List<MatrixCell> cells);

    /** All have ended, and the client has to leave. */
    void left(Outcome why);
  }

  /**
   * Runs nothing yet.
   *
   * @param live whether all are shown at once
   * @param failFast whether all others are ended when one has failed
   */
  MatrixSession(Clients clients, Turns turns, MatrixScreen screen, boolean live, boolean failFast) {
    this.clients = clients;
    this.turns = turns;
    this.screen = screen;
    this.live = live;
    this.failFast = failFast;
    news = new MatrixNews(cells, screen);
  }

  /**
   * Begins.
   *
   * @param runs at least one
   */
  void start(List<EnvironmentRun> runs, End whenEnded) {
    end = whenEnded;
    asked = 0;
    ending = false;
    cells.clear();
    terminals.clear();
    List<String> environments = runs.stream().map(EnvironmentRun::environment).toList();
    display = screen.display(environments, live, this::shown);
    for (EnvironmentRun run : runs) {
      int number = cells.size();
      cells.add(new MatrixCell(run));
      terminals.add(new MatrixTerminal(turns, shownAs(number)));
      run.runsOn().ifPresent(runner -> begun(number, runner));
    }
    askForNext();
  }

  private void begun(int number, String runner) {
    cells.get(number).begin(runner);
    display.begun(number, cells.get(number).heading());
  }

  /**
   * No run is wanted any more: those that were asked for are cancelled and waited for. Of their
   * output, only what is live by now is still shown.
   */
  void end() {
    if (!ending) {
      ending = true;
      for (int number = 0; number < cells.size(); number++) {
        if (!cells.get(number).hasEnded()) {
          display.leaveOut(number);
        }
      }
      clients.cancel();
      askForNext();
    }
  }

  /** Standard output can't be written to any more. */
  void close(IOException failure) {
    ending = true;
    terminals.forEach(each -> each.close(failure));
    askForNext();
  }

  /** A signal ends the client: all runs are cancelled, and none is waited for. */
  void terminate(int signal) {
    ending = true;
    clients.terminate(signal);
    askForNext();
  }

  /** Whether there is none that has begun and not ended, or has yet to begin. */
  boolean haveAllEnded() {
    return cells.stream().allMatch(MatrixCell::hasEnded);
  }

  /** What goes on now, in some lines. */
  List<String> progress() {
    return news.progress();
  }

  private void askForNext() {
    if (asked == cells.size()) {
      return;
    }
    int number = asked++;
    if (ending) {
      ended(number, new Outcome.Interrupted());
    } else {
      clients.begin(
          cells.get(number).run().request(), terminals.get(number), how -> ended(number, how));
    }
  }

  private MatrixTerminal.Shown shownAs(int number) {
    return new MatrixTerminal.Shown() {
      @Override
      public void accepted() {
        acceptedBy(number);
      }

      @Override
      public void queued(String place) {
        if (!ending) {
          news.queued(cells.get(number), place);
        }
      }

      @Override
      public void said(String line) {
        say(number, line);
      }

      @Override
      public void started(RunEvent.Started event) {
        begun(number, event.runner().orElse(RunnerName.LOCAL).value());
      }

      @Override
      public void output(Stream stream, byte[] data, Runnable taken) {
        show(number, stream, data, taken);
      }
    };
  }

  private void acceptedBy(int number) {
    if (cells.get(number).accept()) {
      askForNext();
    }
  }

  private void say(int number, String line) {
    if (cells.get(number).hasBegun()) {
      show(number, Stream.STDERR, (line + "\n").getBytes(StandardCharsets.UTF_8), () -> {});
    } else {
      news.say(cells.get(number), line);
    }
  }

  private void show(int number, Stream stream, byte[] data, Runnable taken) {
    cells.get(number).printed(data);
    display.output(number, stream, data);
    if (display.isLive(number) && screen.isFull()) {
      screen.onDrained(taken);
    } else {
      taken.run();
    }
  }

  private void ended(int number, Outcome how) {
    MatrixCell cell = cells.get(number);
    cell.end(how);
    Result result = cell.result();
    if (failFast && !result.isGood()) {
      end();
    }
    if (!isLeaving(how)) {
      display.ended(number, screen.mark(result.isGood()) + cell.verdict());
    }
    if (cell.accept()) {
      askForNext();
    }
    if (haveAllEnded()) {
      leaving().ifPresent(end::left);
    }
  }

  private void shown() {
    if (leaving().isEmpty()) {
      end.done(List.copyOf(cells));
    }
  }

  /** How one has ended because the client has to leave, if it has to. */
  private Optional<Outcome> leaving() {
    return cells.stream()
        .flatMap(cell -> cell.outcome().stream())
        .filter(MatrixSession::isLeaving)
        .findFirst();
  }

  private static boolean isLeaving(Outcome how) {
    return how instanceof Outcome.Terminated
        || how instanceof Outcome.OutputClosed
        || how instanceof Outcome.Left;
  }
}
