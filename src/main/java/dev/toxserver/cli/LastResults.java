package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunResults;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which environments have failed in the last run of watch that nobody has cancelled. */
final class LastResults {
  private boolean ended;
  private List<EnvironmentResult> environments = List.of();

  /** A run has ended. */
  void take(Outcome.Exited exited) {
    if (!exited.exit().cancelled()) {
      ended = true;
      environments = exited.results().map(RunResults::environments).orElse(List.of());
    }
  }

  /** Those that have failed, as tox's {@code -e} takes them; none if {@link #whyNone} says why. */
  Optional<String> failed() {
    String names =
        environments.stream()
            .filter(EnvironmentResult::isBad)
            .map(EnvironmentResult::name)
            .collect(Collectors.joining(","));
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  /** Why there are none, in one line for the user. */
  String whyNone() {
    if (!ended) {
      return "tox-server: no run has ended yet.";
    }
    return environments.isEmpty()
        ? "tox-server: nothing is known of the last run's environments: f needs 'serve --results'."
        : "tox-server: no environment has failed in the last run.";
  }
}
