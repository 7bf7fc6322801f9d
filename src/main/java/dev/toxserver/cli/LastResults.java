package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.RunResults;
import java.util.Optional;

/** Which environments have failed in the last run of watch that nobody has cancelled. */
final class LastResults {
  private boolean ended;
  private Optional<RunResults> results = Optional.empty();

  /** A run has ended. */
  void take(Outcome.Exited exited) {
    if (!exited.exit().cancelled()) {
      ended = true;
      results = exited.results();
    }
  }

  /** Those that have failed, as tox's {@code -e} takes them; none if {@link #whyNone} says why. */
  Optional<String> failed() {
    return results
        .map(RunResults::failed)
        .filter(names -> !names.isEmpty())
        .map(names -> String.join(",", names));
  }

  /** Why there are none, in one line for the user. */
  String whyNone() {
    if (!ended) {
      return "tox-server: no run has ended yet.";
    }
    return results.map(RunResults::environments).filter(all -> !all.isEmpty()).isEmpty()
        ? "tox-server: nothing is known of the last run's environments: f needs 'serve --results'."
        : "tox-server: no environment has failed in the last run.";
  }
}
