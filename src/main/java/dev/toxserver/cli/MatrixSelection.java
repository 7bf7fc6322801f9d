package dev.toxserver.cli;

import dev.toxserver.matrix.Result;
import dev.toxserver.protocol.Labels;
import dev.toxserver.watch.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which environments watch runs next: all that are planned, or those that failed. */
final class MatrixSelection {
  private static final Set<String> CONFIGURATION =
      Set.of("tox.ini", "tox.toml", "setup.cfg", "pyproject.toml");

  private Optional<Plan> plan = Optional.empty();
  private Optional<Set<String>> only = Optional.empty();
  private Optional<List<Result>> last = Optional.empty();

  /**
   * What can be run.
   *
   * @param chosen the environments, and what each needs of its runner
   * @param leftOut those that no runner can take
   */
  record Plan(Map<String, Labels> chosen, List<Result> leftOut) {}

  /** What is run next; unknown until it is planned. */
  Optional<Plan> next() {
    return plan.map(this::narrowed);
  }

  /** The environments to which the user has narrowed it, if so. */
  Optional<Set<String>> only() {
    return only;
  }

  void planned(Plan made) {
    plan = Optional.of(made);
  }

  /** With tox's configuration, its environments may have changed. */
  void saved(Change change) {
    if (change.mayBeOf(CONFIGURATION)) {
      plan = Optional.empty();
    }
  }

  /** All is wanted that there is now: a runner may have come meanwhile. */
  void all() {
    only = Optional.empty();
    plan = Optional.empty();
  }

  /** A matrix has ended that nobody has cancelled. */
  void ended(List<Result> results) {
    last = Optional.of(results);
  }

  /**
   * Those are wanted that have failed, or never begun, in the last matrix.
   *
   * @return if there are none, why, in one line for the user
   */
  Optional<String> failed() {
    Set<String> failed =
        last.stream()
            .flatMap(List::stream)
            .filter(result -> !result.isGood())
            .map(Result::environment)
            .collect(Collectors.toSet());
    if (failed.isEmpty()) {
      return Optional.of(
          last.isEmpty()
              ? "tox-server: no matrix has ended yet."
              : "tox-server: no environment has failed in the last matrix.");
    }
    only = Optional.of(failed);
    return Optional.empty();
  }

  /** All, where none is left of those that are wanted. */
  private Plan narrowed(Plan whole) {
    Map<String, Labels> chosen = new LinkedHashMap<>(whole.chosen());
    only.ifPresent(chosen.keySet()::retainAll);
    return only.isEmpty() || chosen.isEmpty() ? whole : new Plan(chosen, List.of());
  }
}
