package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatrixSummaryTest {
  @Test
  void withFailFastTheCodeIsThatOfTheFirstThatFailedThoughItStandsBehind() {
    MatrixCell first = cell("a");
    MatrixCell second = cell("b");
    long begun = System.nanoTime();
    second.end(exited(7));
    while (System.nanoTime() == begun) {
      Thread.onSpinWait();
    }
    first.end(exited(5));

    assertThat(MatrixSummary.exitCode(List.of(first, second), List.of(), true)).isEqualTo(7);
    assertThat(MatrixSummary.exitCode(List.of(first, second), List.of(), false)).isEqualTo(1);
  }

  private static MatrixCell cell(String environment) {
    Request request = new Request.Attach(RunId.LAST, Optional.of(0L), true);
    return new MatrixCell(new EnvironmentRun(environment, RunId.LAST, request, Optional.empty()));
  }

  private static Outcome exited(int code) {
    return new Outcome.Exited(
        new RunEvent.Exit(1, code, false, Optional.empty()),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
