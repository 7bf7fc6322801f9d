package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.paths.ProjectPaths;
import dev.toxserver.config.Environment;
import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One matrix from the first question to its table, and what the user does meanwhile. All calls are
 * on the main thread.
 */
final class MatrixDialogue implements MatrixSession.End {
  private final ClientSession session;
  private final Turns turns;
  private final MatrixScreen screen;
  private final MatrixChoices choices;
  private final Clients clients;
  private final MatrixSession matrix;

  private List<Result> leftOut = List.of();
  private Optional<RunId> onlooked = Optional.empty();
  private Optional<RunId> taken = Optional.empty();
  private Optional<Outcome> leaving = Optional.empty();
  private RunId name;
  private long begunNanos;
  private boolean begun;
  private boolean interrupted;

  /** Asks nothing before it is told what to carry out. */
  MatrixDialogue(ClientSession session, Turns turns, MatrixScreen screen, MatrixChoices choices) {
    this.session = session;
    this.turns = turns;
    this.screen = screen;
    this.choices = choices;
    clients = new Clients(session, turns);
    matrix = new MatrixSession(clients, turns, screen, choices.live(), choices.failFast());
  }

  /** One on the process's own terminal. */
  static MatrixDialogue of(ClientSession session, Environment environment, MatrixChoices choices) {
    Turns turns = new Turns();
    Optional<MatrixFoot> foot = MatrixFoot.open(environment);
    MatrixScreen screen = new MatrixScreen(session.terminal(), foot, turns);
    return new MatrixDialogue(session, turns, screen, choices);
  }

  /** The same, which shows no output and prints a digest in the end. */
  static MatrixDialogue digested(
      ClientSession session, Environment environment, MatrixChoices choices, ProjectPaths paths) {
    Turns turns = new Turns();
    Optional<MatrixFoot> foot = MatrixFoot.open(environment);
    MatrixScreen screen = new DigestScreen(session.terminal(), foot, turns, paths);
    return new MatrixDialogue(session, turns, screen, choices);
  }

  /**
   * Blocks until a new one is over; the process's exit code.
   *
   * @param files tells the git tree that is tested, if it is told; may block
   * @param named the environments that the user names; if there are none, tox's own
   */
  int carryOut(MatrixRuns runs, Supplier<Optional<GitTree>> files, List<String> named) {
    heedSignals();
    MatrixPlan.Listener whenPlanned =
        new MatrixPlan.Listener() {
          @Override
          public void planned(Map<String, Labels> chosen, List<Result> missing) {
            leftOut = missing;
            RunId name = RunId.random();
            turns.await(() -> runs.all(chosen, name, files), all -> begin(name, all));
          }

          @Override
          public Optional<Outcome> leaving() {
            return leaving;
          }

          @Override
          public void failed(Outcome why) {
            turns.leave(session.leaveWithout(why));
          }
        };
    new MatrixPlan(clients, turns, session.terminal(), runs, choices, whenPlanned).make(named);
    return untilLeft();
  }

  /**
   * Blocks until all runs of one are over that are known; the process's exit code.
   *
   * @param all at least one
   * @param ours whether they end with this client
   */
  int carryOut(RunId name, List<EnvironmentRun> all, boolean ours) {
    heedSignals();
    onlooked = ours ? Optional.empty() : Optional.of(name);
    taken = ours ? Optional.of(name) : Optional.empty();
    begin(name, all);
    return untilLeft();
  }

  private void heedSignals() {
    session.heedSignals(
        () -> turns.execute(this::interrupt), signal -> turns.execute(() -> terminate(signal)));
  }

  private int untilLeft() {
    int code = turns.untilLeft();
    clients.close();
    return code;
  }

  private void begin(RunId itsName, List<EnvironmentRun> all) {
    name = itsName;
    begun = true;
    begunNanos = System.nanoTime();
    if (all.isEmpty() && leftOut.isEmpty()) {
      turns.leave(session.leave(ExitCode.OK.number()));
      return;
    }
    if (all.isEmpty()) {
      done(List.of());
      return;
    }
    screen.sayBegun(name, all);
    session.terminal().onOutputClosed(failure -> turns.execute(() -> matrix.close(failure)));
    if (screen.hasFoot()) {
      clients.every(MatrixScreen.REDRAW_MILLIS, () -> screen.tell(matrix.progress()));
    }
    matrix.start(all, this);
  }

  @Override
  public void done(List<MatrixCell> cells) {
    screen.endFoot();
    List<Result> results = MatrixSummary.results(cells, leftOut);
    long millis = LongRun.since(begunNanos);
    int code = MatrixSummary.exitCode(cells, leftOut, choices.failFast());
    screen.sayEnd(
        name,
        cells,
        leftOut,
        millis,
        () -> {
          LongRun.ended(results, millis, session.terminal());
          turns.leave(session.leave(code));
        });
  }

  @Override
  public void left(Outcome why) {
    screen.endFoot();
    turns.leave(session.leaveWithout(why));
  }

  /** The user has typed ^C: what runs is ended first, unless they say it twice. */
  void interrupt() {
    boolean again = interrupted;
    interrupted = true;
    if (again || begun && matrix.haveAllEnded()) {
      clients.interrupt();
      left(new Outcome.Interrupted());
    } else if (onlooked.isPresent()) {
      left(new Outcome.Left(onlooked.get()));
    } else if (begun) {
      screen.sayCancelling();
      matrix.end();
      // Those too that are there, and that this client has yet to take.
      taken.ifPresent(
          name -> clients.begin(new Request.CancelRun(name), session.terminal(), answer -> {}));
    } else {
      leavePlan(new Outcome.Interrupted(), clients::interrupt);
    }
  }

  /** What is asked is ended first, if anything is; what would follow is not asked any more. */
  private void leavePlan(Outcome how, Runnable end) {
    leaving = Optional.of(how);
    if (clients.haveEnded()) {
      left(how);
    } else {
      end.run();
    }
  }

  /** A signal ends the client. */
  void terminate(int signal) {
    if (begun && matrix.haveAllEnded()) {
      left(new Outcome.Terminated(signal));
    } else if (begun) {
      matrix.terminate(signal);
    } else {
      leavePlan(new Outcome.Terminated(signal), () -> clients.terminate(signal));
    }
  }
}
