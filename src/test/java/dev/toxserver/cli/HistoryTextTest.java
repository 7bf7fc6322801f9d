package dev.toxserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The history, and what it says of the files. */
class HistoryTextTest {
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  @Test
  void bothOutcomesOfTheSameTreeAreFlaky() {
    HistoryText text =
        new HistoryText(
            List.of(
                run("d", RunState.PASSED, 4_000, TWO),
                run("c", RunState.CANCELLED, 1_000, ONE),
                run("b", RunState.FAILED, 2_000, ONE),
                run("a", RunState.PASSED, 1_500, ONE)));

    assertThat(text.plain())
        .isEqualTo(
            """
            d passed 4.000 %2$s
            c cancelled 1.000 %1$s flaky
            b failed 2.000 %1$s flaky
            a passed 1.500 %1$s flaky"""
                .formatted(ONE, TWO));
  }

  @Test
  void theLongestRunHasTheLongestBar() {
    List<RunStatus> runs =
        List.of(run("b", RunState.FAILED, 2_000, null), run("a", RunState.PASSED, 1_000, null));

    assertThat(new HistoryText(runs).drawn(false))
        .isEqualTo(
            "    3s ago  failed     %s  2.0 s\n    3s ago  passed     %s  1.0 s"
                .formatted("█".repeat(40), "█".repeat(20) + " ".repeat(20)));
    assertThat(new HistoryText(runs).drawn(true))
        .contains("\033[31m" + "█".repeat(40) + "\033[0m", "\033[32m" + "█".repeat(20) + "\033[0m");
    assertThat(new HistoryText(runs).plain()).endsWith("a passed 1.000 -");
  }

  @Test
  void filesAreGoodIfOfAllArgumentsTheLastRunHasPassed() {
    assertThat(TreeVerdict.isGood(List.of())).isFalse();
    assertThat(TreeVerdict.isGood(List.of(run("a", RunState.PASSED, 1, ONE)))).isTrue();
    assertThat(TreeVerdict.isGood(List.of(run("a", RunState.CANCELLED, 1, ONE)))).isFalse();
    assertThat(
            TreeVerdict.isGood(
                List.of(run("b", RunState.PASSED, 1, ONE), run("a", RunState.FAILED, 1, ONE))))
        .isTrue();
    assertThat(
            TreeVerdict.isGood(
                List.of(
                    run("b", RunState.PASSED, 1, ONE),
                    run("a", RunState.FAILED, 1, ONE, "-e", "x"))))
        .isFalse();
  }

  private static RunStatus run(
      String id, RunState state, long millis, String tree, String... args) {
    return new RunStatus(
        new RunId(id),
        List.of(args),
        state,
        0,
        0,
        3_000,
        Optional.of(millis),
        OptionalInt.empty(),
        false,
        false,
        Optional.empty(),
        Optional.ofNullable(tree).map(GitTree::new),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
