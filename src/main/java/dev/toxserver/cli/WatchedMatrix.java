package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.watch.Change;
import dev.toxserver.watch.Loop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One matrix after another, for watch. Which environments there are is found out at first, and
 * again when tox's configuration was saved. All calls are on the main thread.
 */
final class WatchedMatrix implements Watched, Loop.Runs, MatrixPlan.Listener, MatrixSession.End {
  private final ClientSession session;
  private final Turns turns;
  private final MatrixWish wish;
  private final Supplier<Optional<GitTree>> files;
  private final WatchedMatrixReport report;
  private final Clients clients;
  private final MatrixSession matrix;
  private final Loop loop = new Loop(this);
  private final MatrixSelection selection = new MatrixSelection();

  private boolean everPlanned;
  private RunId name;

  /** Whether the server is being asked for something: for a plan, or for runs. */
  private boolean asking;

  /** Whether runs were begun that have not all ended, or are not all shown. */
  private boolean running;

  private boolean leaving;

  /**
   * Runs nothing before {@link #start}.
   *
   * @param files tells the git tree that is tested, if it is told; may block
   */
  WatchedMatrix(
      ClientSession session,
      Turns turns,
      MatrixScreen screen,
      MatrixWish wish,
      Supplier<Optional<GitTree>> files,
      WatchedMatrixReport report) {
    this.session = session;
    this.turns = turns;
    this.wish = wish;
    this.files = files;
    this.report = report;
    clients = new Clients(session, turns);
    matrix =
        new MatrixSession(clients, turns, screen, wish.choices().live(), wish.choices().failFast());
  }

  @Override
  public void start() {
    clients.every(MatrixScreen.REDRAW_MILLIS, this::redraw);
    loop.start();
  }

  @Override
  public void saved(Change change) {
    selection.saved(change);
    loop.saved(change);
  }

  @Override
  public void tell(String text) {
    report.tell(text);
    rest();
  }

  void runAll() {
    selection.all();
    loop.start();
  }

  /** Those that have failed, or never begun, in the last matrix; if there are none, says why. */
  void runFailed() {
    selection.failed().ifPresentOrElse(this::tell, loop::start);
  }

  void cancel() {
    loop.cancel();
  }

  @Override
  public void interrupt() {
    boolean again = leaving;
    leaving = true;
    loop.close();
    if (!asking) {
      report.show(List.of());
      leave(session.leave(ExitCode.OK.number()));
    } else if (again) {
      clients.interrupt();
      left(new Outcome.Interrupted());
    } else {
      report.cancelling();
      loop.cancel();
    }
  }

  @Override
  public void terminate(int signal) {
    loop.close();
    if (!asking || running && matrix.haveAllEnded()) {
      left(new Outcome.Terminated(signal));
    } else if (running) {
      matrix.terminate(signal);
    } else {
      clients.terminate(signal);
    }
  }

  @Override
  public void begin(Change cause) {
    name = RunId.random();
    report.begun(name, cause);
    if (selection.next().isPresent()) {
      askGit();
    } else {
      asking = true;
      new MatrixPlan(clients, turns, session.terminal(), wish.runs(), wish.choices(), this)
          .make(wish.named());
    }
  }

  @Override
  public void planned(Map<String, Labels> chosen, List<Result> leftOut) {
    asking = false;
    if (loop.isEnding()) {
      ended();
      return;
    }
    everPlanned = true;
    selection.planned(new MatrixSelection.Plan(chosen, leftOut));
    askGit();
  }

  /** A server that has answered before may come back, and a wrong tox.ini be mended. */
  @Override
  public void failed(Outcome outcome) {
    asking = false;
    boolean ends = outcome instanceof Outcome.Terminated || outcome instanceof Outcome.OutputClosed;
    if (ends || !loop.isEnding() && !everPlanned) {
      left(outcome);
      return;
    }
    if (!loop.isEnding()) {
      outcome.why().ifPresent(report::unknown);
    }
    ended();
  }

  private void redraw() {
    if (running) {
      report.show(matrix.progress());
    }
  }

  private void askGit() {
    MatrixSelection.Plan now = selection.next().orElseThrow();
    turns.await(files, tree -> start(now, tree));
  }

  /** Git has told the files; meanwhile the matrix may not be wanted any more. */
  private void start(MatrixSelection.Plan now, Optional<GitTree> tree) {
    if (loop.isEnding()) {
      ended();
      return;
    }
    List<EnvironmentRun> all = wish.runs().all(now.chosen(), name, () -> tree);
    report.started(all, now.leftOut());
    if (all.isEmpty()) {
      done(List.of());
      return;
    }
    asking = true;
    running = true;
    session.terminal().onOutputClosed(failure -> turns.execute(() -> matrix.close(failure)));
    matrix.start(all, this);
  }

  @Override
  public void end() {
    if (running) {
      matrix.end();
    } else {
      clients.cancel();
    }
  }

  @Override
  public void done(List<MatrixCell> cells) {
    asking = false;
    running = false;
    List<Result> results = report.ended(cells, loop.isEnding(), leaving, this::ended);
    if (!loop.isEnding()) {
      selection.ended(results);
    }
  }

  @Override
  public void left(Outcome why) {
    report.show(List.of());
    leave(session.leaveWithout(why));
  }

  private void ended() {
    if (leaving) {
      report.show(List.of());
      leave(session.leave(ExitCode.OK.number()));
      return;
    }
    loop.ended();
    rest();
  }

  private void rest() {
    if (!loop.isRunning() && !leaving) {
      report.rest(selection.only());
    }
  }

  private void leave(int code) {
    leaving = true;
    loop.close();
    turns.leave(code);
  }
}
