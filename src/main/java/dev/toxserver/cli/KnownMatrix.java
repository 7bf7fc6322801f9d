package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.matrix.Takers;
import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import dev.toxserver.protocol.UserSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A matrix that is there, to be followed or done again.
 *
 * @param runs all of its runs, as they were asked for
 */
record KnownMatrix(RunId name, List<RunStatus> runs) {

  /** What follows each run, as its attach was asked for. */
  List<EnvironmentRun> followed(Request.Attach asked) {
    return runs.stream()
        .map(
            run ->
                new EnvironmentRun(
                    environment(run),
                    run.id(),
                    new Request.Attach(
                        run.id(), asked.from(), asked.follow(), asked.role(), asked.hold())))
        .toList();
  }

  /**
   * What does the newest run of each environment again, on a runner that has what that run needed;
   * in pipes, as several can't have one terminal.
   *
   * @param asked as the rerun was asked for; where it wants what has failed only, what has passed
   *     or still goes on is left out
   * @param other the name of the matrix that they are
   */
  List<EnvironmentRun> again(Request.Run asked, RunId other) {
    Map<String, RunStatus> newest = new LinkedHashMap<>();
    runs.forEach(run -> newest.put(environment(run), run));
    List<EnvironmentRun> all = new ArrayList<>();
    newest.forEach(
        (environment, run) -> {
          if (!asked.failed() || hasFailed(run)) {
            all.add(again(asked, run, new Cell(other, environment)));
          }
        });
    return all;
  }

  private static boolean hasFailed(RunStatus run) {
    return run.state().isOver() && run.state() != RunState.PASSED;
  }

  private static EnvironmentRun again(Request.Run asked, RunStatus run, Cell cell) {
    Labels on = asked.invocation().on();
    RunId id = RunId.random();
    return new EnvironmentRun(
        cell.environment(),
        id,
        new Request.Run(
            id,
            new Invocation(List.of()).on(on.isEmpty() ? on : Takers.need(cell.environment(), on)),
            asked.timeout(),
            false,
            Optional.of(run.id()),
            new UserSide(Optional.empty(), false, asked.side().env()),
            asked.tree(),
            false,
            OptionalInt.empty(),
            Optional.of(cell),
            asked.retryLost()));
  }

  /** The outcome where only what has failed is wanted. */
  Outcome nothingFailed() {
    return new Outcome.Failed("tox-server: no environment of " + name + " has failed");
  }

  /** Says that an option makes no sense with a matrix; the exit code. */
  int refuse(String flag, ClientSession session) {
    session.terminal().say("tox-server: " + flag + " is for one run, and " + name + " is a matrix");
    return session.leave(ExitCode.USAGE.number());
  }

  private String environment(RunStatus run) {
    return run.cell().map(Cell::environment).orElse(run.id().value());
  }
}
