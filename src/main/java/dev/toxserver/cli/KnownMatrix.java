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
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.UserSide;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A matrix that is there, to be followed or done again.
 *
 * @param runs those of its runs that the server knows, as they were asked for
 * @param complete whether the server has told of all these
 */
record KnownMatrix(RunId name, List<RunStatus> runs, boolean complete) {

  /** Whether there is one of that name: else it is a run's. */
  boolean isMatrix() {
    return cells().anyMatch(cell -> cell.matrix().equals(name));
  }

  /**
   * Leaves after what was made of it. If that can't have been the whole, this is said, and no
   * success.
   *
   * @param code the exit code for the whole
   * @return the exit code
   */
  int leave(int code, ClientSession session) {
    lack().ifPresent(session.terminal()::say);
    boolean falselyGood = lack().isPresent() && code == ExitCode.OK.number();
    return session.leave(falselyGood ? ExitCode.ERROR.number() : code);
  }

  private Optional<String> lack() {
    long known = cells().map(Cell::environment).distinct().count();
    long all = cells().flatMapToInt(cell -> cell.of().stream()).max().orElse(0);
    if (known < all) {
      return Optional.of(
          "tox-server: the server knows %d of the %d environments of %s: the others were never asked for, or forgotten (serve --history)"
              .formatted(known, all, name));
    }
    return complete
        ? Optional.empty()
        : Optional.of("tox-server: not all runs of %s were told of: too many".formatted(name));
  }

  private Stream<Cell> cells() {
    return runs.stream().flatMap(run -> run.cell().stream());
  }

  /** What follows each run, as its attach was asked for. */
  List<EnvironmentRun> followed(Request.Attach asked) {
    return runs.stream()
        .map(
            run ->
                new EnvironmentRun(
                    environment(run),
                    run.id(),
                    new Request.Attach(
                        run.id(), asked.from(), asked.follow(), asked.role(), asked.hold()),
                    runsOn(run)))
        .toList();
  }

  private static Optional<String> runsOn(RunStatus run) {
    return run.state() == RunState.RUNNING
        ? run.runner().or(() -> Optional.of(RunnerName.LOCAL.value()))
        : Optional.empty();
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
    if (asked.failed()) {
      newest.values().removeIf(run -> !hasFailed(run));
    }
    OptionalInt of = OptionalInt.of(newest.size());
    List<EnvironmentRun> all = new ArrayList<>();
    newest.forEach(
        (environment, run) -> all.add(again(asked, run, new Cell(other, environment, of))));
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

  /** What a run is called: by its environment, which runs of a matrix have. */
  static String environment(RunStatus run) {
    return run.cell().map(Cell::environment).orElse(run.id().value());
  }
}
