package dev.toxserver.cli;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.UserSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What all runs of a matrix have in common.
 *
 * @param folder where tox starts, relative to the folder that the server serves
 * @param on what each needs of its runner, beside its Python
 * @param posargs what tox hands on to the tests
 * @param timeout the longest silence that the user accepts, in seconds
 * @param retryLost whether each is placed once more if its runner is lost
 */
record MatrixRuns(
    Optional<String> folder,
    Labels on,
    List<String> posargs,
    UserSide side,
    Optional<Double> timeout,
    boolean retryLost) {

  /** That which asks tox for its environments; it is of no matrix. */
  Request.Run listing() {
    return run(ListedEnvironments.QUESTION, on, Optional.empty(), Optional.empty());
  }

  /**
   * Those of all environments, each by a name of its own.
   *
   * @param needs the environments, and what each needs of its runner
   * @param matrix the name that all of them share
   * @param files tells the git tree that is tested, if it is told; asked if there is a run, and may
   *     block
   */
  List<EnvironmentRun> all(
      Map<String, Labels> needs, RunId matrix, Supplier<Optional<GitTree>> files) {
    Optional<GitTree> tree = needs.isEmpty() ? Optional.empty() : files.get();
    List<EnvironmentRun> all = new ArrayList<>();
    needs.forEach(
        (environment, need) ->
            all.add(of(new Cell(matrix, environment, OptionalInt.of(needs.size())), need, tree)));
    return all;
  }

  private EnvironmentRun of(Cell cell, Labels need, Optional<GitTree> files) {
    Request.Run run = run(args(cell.environment()), need, files, Optional.of(cell));
    return new EnvironmentRun(cell.environment(), run.id(), run);
  }

  private Request.Run run(
      List<String> args, Labels need, Optional<GitTree> files, Optional<Cell> cell) {
    return new Request.Run(
        RunId.random(),
        new Invocation(args, folder).on(need),
        timeout,
        false,
        Optional.empty(),
        side,
        files,
        false,
        OptionalInt.empty(),
        cell,
        retryLost);
  }

  private List<String> args(String environment) {
    List<String> args = new ArrayList<>(List.of("-e", environment));
    if (!posargs.isEmpty()) {
      args.add("--");
      args.addAll(posargs);
    }
    return args;
  }
}
