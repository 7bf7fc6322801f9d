package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code logs} has printed, of one run or of several, and what it leaves with. */
final class Logs {
  private final ClientSession session;
  private final Consumer<Outcome> printed;
  private Optional<Outcome> obstacle = Optional.empty();
  private boolean failed;
  private boolean incomplete;

  /**
   * Nothing was printed yet.
   *
   * @param printed is told how the printing of each run has ended
   */
  Logs(ClientSession session, Consumer<Outcome> printed) {
    this.session = session;
    this.printed = printed;
  }

  /** One run's were to be printed. */
  void take(Outcome outcome) {
    printed.accept(outcome);
    if (outcome instanceof Outcome.Exited exited) {
      exited.exit().error().ifPresent(session.terminal()::say);
      incomplete |= exited.incomplete();
    } else if (outcome instanceof Outcome.Shown shown) {
      incomplete |= shown.incomplete();
    } else {
      obstacle = Optional.of(outcome);
    }
  }

  /**
   * Prints those of several runs, each whole, behind a line on standard error that says whose they
   * are. What can't be printed of one does not hold up the others. Blocks.
   */
  void printAll(List<RunStatus> runs) {
    Succession succession = new Succession(session);
    succession.heedSignals();
    succession.during(
        () -> {
          runs.stream().takeWhile(run -> obstacle.isEmpty()).forEach(run -> print(run, succession));
          return null;
        });
  }

  private void print(RunStatus run, Succession succession) {
    session.terminal().say(heading(run));
    session.terminal().flush(ClientSession.LAST_LINE_MILLIS);
    take(succession.carryOut(new Request.Attach(run.id(), Optional.of(0L), false)));
    if (obstacle.isPresent() && obstacle.get() instanceof Outcome.Failed failure) {
      session.terminal().say(failure.message());
      failed = true;
      obstacle = Optional.empty();
    }
  }

  private static String heading(RunStatus run) {
    String environment = run.cell().map(cell -> "[" + cell.environment() + "] ").orElse("");
    return environment + run.state().wireName() + ", run " + run.id();
  }

  /** Says what is missing, if anything; the exit code for the process. */
  int leave() {
    if (obstacle.isPresent()) {
      return session.leaveWithout(obstacle.get());
    }
    if (incomplete) {
      return session.leaveIncomplete();
    }
    return session.leave((failed ? ExitCode.ERROR : ExitCode.OK).number());
  }
}
