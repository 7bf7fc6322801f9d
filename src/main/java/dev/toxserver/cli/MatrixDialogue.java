package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One matrix from the first question to its table, and what the user does meanwhile. All calls are
 * on the main thread.
 */
final class MatrixDialogue implements MatrixPlan.Listener, MatrixSession.End {
  private static final long REDRAW_MILLIS = 300;

  private final ClientSession session;
  private final MatrixRuns runs;
  private final Supplier<Optional<GitTree>> files;
  private final Turns turns;
  private final MatrixScreen screen;
  private final MatrixChoices choices;
  private final Clients clients;
  private final MatrixSession matrix;

  private List<Result> leftOut = List.of();
  private long begunNanos;
  private boolean begun;
  private boolean interrupted;

  /**
   * Asks nothing before {@link #carryOut}.
   *
   * @param files tells the git tree that is tested, if it is told; may block
   */
  MatrixDialogue(
      ClientSession session,
      MatrixRuns runs,
      Supplier<Optional<GitTree>> files,
      Turns turns,
      MatrixScreen screen,
      MatrixChoices choices) {
    this.session = session;
    this.runs = runs;
    this.files = files;
    this.turns = turns;
    this.screen = screen;
    this.choices = choices;
    clients = new Clients(session, turns);
    matrix = new MatrixSession(clients, turns, screen, choices.live(), choices.failFast());
  }

  /**
   * Blocks until it is over; the process's exit code.
   *
   * @param named the environments that the user names; if there are none, tox's own
   */
  int carryOut(List<String> named) {
    session.heedSignals(
        () -> turns.execute(this::interrupt), signal -> turns.execute(() -> terminate(signal)));
    new MatrixPlan(clients, turns, session.terminal(), runs, choices.skipMissing(), this)
        .make(named);
    int code = turns.untilLeft();
    clients.close();
    return code;
  }

  @Override
  public void planned(Map<String, Labels> chosen, List<Result> missing) {
    begun = true;
    begunNanos = System.nanoTime();
    leftOut = missing;
    if (chosen.isEmpty()) {
      done(List.of());
      return;
    }
    RunId name = RunId.random();
    screen.sayNow("[MATRIX] " + name + ": " + String.join(", ", chosen.keySet()));
    Optional<GitTree> tree = files.get();
    List<EnvironmentRun> all = new ArrayList<>();
    chosen.forEach((environment, need) -> all.add(runs.of(environment, name, need, tree)));
    session.terminal().onOutputClosed(failure -> turns.execute(() -> matrix.close(failure)));
    if (screen.hasFoot()) {
      clients.every(REDRAW_MILLIS, () -> screen.tell(matrix.progress()));
    }
    matrix.start(all, this);
  }

  @Override
  public void failed(Outcome why) {
    turns.leave(session.leaveWithout(why));
  }

  @Override
  public void done(List<MatrixCell> cells) {
    List<Result> results = MatrixSummary.results(cells, leftOut);
    screen.say(
        MatrixSummary.of(cells, leftOut, LongRun.since(begunNanos)),
        () -> turns.leave(session.leave(Result.exitCode(results, choices.failFast()))));
  }

  @Override
  public void left(Outcome why) {
    screen.tell(List.of());
    turns.leave(session.leaveWithout(why));
  }

  /** The user has typed ^C: what runs is ended first, unless they say it twice. */
  void interrupt() {
    boolean again = interrupted;
    interrupted = true;
    if (again || begun && matrix.haveAllEnded()) {
      clients.interrupt();
      left(new Outcome.Interrupted());
    } else if (begun) {
      screen.sayAfterInterrupt("Cancelling matrix with the server. ^C again to exit.");
      matrix.end();
    } else {
      clients.interrupt();
    }
  }

  /** A signal ends the client. */
  void terminate(int signal) {
    if (begun && matrix.haveAllEnded()) {
      left(new Outcome.Terminated(signal));
    } else if (begun) {
      matrix.terminate(signal);
    } else {
      clients.terminate(signal);
    }
  }
}
