package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.TerminalRequest;
import dev.toxserver.watch.Change;
import dev.toxserver.watch.Loop;
import dev.toxserver.watch.Selection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The runs of watch, each by a client of its own. All calls are on the main thread. */
final class WatchSession implements Watched, Loop.Runs {
  private final ClientSession session;
  private final WatchedRun run;
  private final Supplier<Optional<GitTree>> files;
  private final Optional<WatchKeyboard> keyboard;
  private final Turns turns;
  private final WatchReport report;
  private final Loop loop = new Loop(this);
  private final LastResults results = new LastResults();

  private final Clients clients;

  private Selection selection;
  private boolean debuggerNext;

  private boolean inDebugger;
  private boolean leaving;
  private boolean answered;

  /**
   * Runs nothing before {@link #start}.
   *
   * @param files tells the git tree that is tested, if it is told; may block
   * @param keyboard for runs in the debugger
   */
  WatchSession(
      ClientSession session,
      WatchedRun run,
      Supplier<Optional<GitTree>> files,
      Optional<WatchKeyboard> keyboard,
      Turns turns,
      WatchReport report) {
    this.session = session;
    this.selection = Selection.all(run.invocation().args());
    this.run = run;
    this.files = files;
    this.keyboard = keyboard;
    this.turns = turns;
    this.report = report;
    clients = new Clients(session, turns);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void saved(Change change) {
    loop.saved(change);
  }

  void runAll() {
    run(Selection.all(selection.given()));
  }

  void runEnvironments(String names) {
    run(selection.withEnvironments(Optional.of(names)));
  }

  /** Those that have failed in the last run; if there are none, says why. */
  void runFailed() {
    results.failed().ifPresentOrElse(this::runEnvironments, () -> tell(results.whyNone()));
  }

  void runTests(List<String> words) {
    run(selection.withPattern(words));
  }

  /** Once; what is saved meanwhile makes a run when it has ended. */
  void runDebugger() {
    debuggerNext = true;
    loop.start();
  }

  private void run(Selection wanted) {
    selection = wanted;
    loop.start();
  }

  void cancel() {
    loop.cancel();
  }

  /** The user types a line: no run begins before {@link #release}. */
  void hold() {
    report.clear();
    loop.hold();
  }

  void release() {
    loop.release();
    rest();
  }

  @Override
  public void tell(String text) {
    report.tell(text);
    rest();
  }

  @Override
  public void interrupt() {
    boolean again = leaving;
    leaving = true;
    report.clear();
    loop.close();
    if (clients.haveEnded()) {
      leave(session.leave(ExitCode.OK.number()));
    } else if (again || !loop.isEnding()) {
      clients.interrupt();
    }
  }

  @Override
  public void terminate(int signal) {
    report.clear();
    loop.close();
    if (clients.haveEnded()) {
      leave(session.leaveWithout(new Outcome.Terminated(signal)));
    } else {
      clients.terminate(signal);
    }
  }

  @Override
  public void begin(Change cause) {
    inDebugger = debuggerNext;
    debuggerNext = false;
    List<String> args = selection.withDebugger(inDebugger).args();
    Optional<UserInput> user = inDebugger ? Optional.of(lend()) : Optional.empty();
    Optional<TerminalRequest> terminal =
        user.flatMap(lent -> keyboard).map(WatchKeyboard::terminal);
    report.clear();
    turns.await(files, tree -> begin(run.request(args, terminal, tree), cause, user));
  }

  /** Git has told the files; meanwhile the run may not be wanted any more. */
  private void begin(Request.Run request, Change cause, Optional<UserInput> user) {
    if (loop.isEnding()) {
      ended(new Outcome.Interrupted());
      return;
    }
    report.begun(request, cause);
    clients.begin(request, user, this::ended);
  }

  @Override
  public void end() {
    clients.cancel();
  }

  private void ended(Outcome outcome) {
    if (inDebugger) {
      takeBack();
    }
    if (outcome instanceof Outcome.Exited exited) {
      answered = true;
      results.take(exited);
      report.ended(exited, loop.isEnding());
      if (leaving) {
        leave(session.leave(ExitCode.OK.number()));
      }
    } else if (!goesOnAfter(outcome)) {
      leave(session.leaveWithout(outcome));
    }
    loop.ended();
    if (inDebugger) {
      inDebugger = false;
      loop.release();
    }
    rest();
  }

  /**
   * Whether a run without a known end is no reason to leave: a server that has answered before may
   * come back, and what never could be asked for won't do better after a save.
   */
  private boolean goesOnAfter(Outcome outcome) {
    if (outcome instanceof Outcome.Interrupted) {
      // Ended before there was a connection, or in the debugger by a key that means that.
      return (loop.isEnding() || inDebugger) && !leaving;
    }
    if (outcome.why().isEmpty() || !answered || leaving) {
      return false;
    }
    report.unknown(outcome.why().get());
    return true;
  }

  private UserInput lend() {
    loop.hold();
    session.terminal().lend();
    return keyboard.orElseThrow().lend();
  }

  private void takeBack() {
    session.terminal().takeBack();
    keyboard.orElseThrow().takeBack();
  }

  private void rest() {
    if (!loop.isRunning() && !leaving) {
      report.rest(selection);
    }
  }

  private void leave(int code) {
    leaving = true;
    loop.close();
    turns.leave(code);
  }
}
