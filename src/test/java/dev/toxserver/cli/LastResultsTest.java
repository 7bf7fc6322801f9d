package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunResults;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastResultsTest {
  private final LastResults last = new LastResults();

  @Test
  void beforeARunHasEndedThereIsNothingToRunAgain() {
    assertThat(last.failed()).isEmpty();
    assertThat(last.whyNone()).contains("no run has ended yet");
  }

  @Test
  void thoseThatHaveFailedAreNamedTogether() {
    last.take(run(false, of("a", false), of("b", true), of("c", false)));
    assertThat(last.failed()).contains("a,c");
  }

  @Test
  void onlyTheLastRunCounts() {
    last.take(run(false, of("a", false)));
    last.take(run(false, of("a", true)));
    assertThat(last.failed()).isEmpty();
    assertThat(last.whyNone()).contains("no environment has failed");
    last.take(run(false));
    assertThat(last.whyNone()).contains("'serve --results'").hasLineCount(1);
  }

  @Test
  void aRunThatASaveHasEndedSaysNothing() {
    last.take(run(false, of("a", false)));
    last.take(run(true, of("b", false)));
    assertThat(last.failed()).contains("a");
  }

  private static EnvironmentResult of(String name, boolean passed) {
    return new EnvironmentResult(
        name, Optional.of(passed), Optional.empty(), Optional.empty(), List.of());
  }

  private static Outcome.Exited run(boolean cancelled, EnvironmentResult... environments) {
    Optional<RunResults> results =
        environments.length == 0
            ? Optional.empty()
            : Optional.of(new RunResults(List.of(environments), Optional.empty()));
    return new Outcome.Exited(
        new RunEvent.Exit(0, 1, cancelled, Optional.empty()), false, Optional.empty(), results);
  }
}
