package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.client.Verdict;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.RunState;
import dev.toxserver.protocol.RunStatus;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs of the same arguments, side by side. */
final class HistoryText {
  private static final int WIDEST_BAR = 40;
  private static final int WIDEST_STATE = 9;
  private static final String FLAKY = "flaky";

  private final List<RunStatus> runs;
  private final Set<GitTree> flaky;

  HistoryText(List<RunStatus> runs) {
    this.runs = runs;
    flaky = treesOf(RunState.PASSED);
    flaky.retainAll(treesOf(RunState.FAILED));
  }

  /** A line for each, for programs: {@code ID STATE SECONDS TREE [flaky]}, a dash for nothing. */
  String plain() {
    return runs.stream()
        .map(
            run ->
                String.join(
                    " ",
                    run.id().value(),
                    run.state().wireName(),
                    run.durationMillis()
                        .map(millis -> BigDecimal.valueOf(millis, 3).toString())
                        .orElse("-"),
                    run.tree().map(GitTree::id).orElse("-"),
                    mark(run)))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  /** Bars for people; the longest is as long as the longest run. */
  String drawn(boolean colours) {
    long longest =
        Math.max(
            1, runs.stream().mapToLong(run -> run.durationMillis().orElse(0L)).max().orElse(1));
    return runs.stream().map(run -> line(run, longest, colours)).collect(Collectors.joining("\n"));
  }

  private String line(RunStatus run, long longest, boolean colours) {
    long millis = run.durationMillis().orElse(0L);
    int length = (int) Math.max(1, Math.round((double) WIDEST_BAR * millis / longest));
    String bar = coloured("█".repeat(length), run.state(), colours);
    String state = run.state().wireName();
    return ("%6s ago  %s%s  %s%s  %s  %s")
        .formatted(
            StatusTable.duration(run.ageMillis()),
            state,
            " ".repeat(WIDEST_STATE - state.length()),
            bar,
            " ".repeat(WIDEST_BAR - length),
            run.durationMillis().map(Verdict::time).orElse("-"),
            mark(run))
        .stripTrailing();
  }

  private String mark(RunStatus run) {
    return run.tree().filter(flaky::contains).isPresent() ? FLAKY : "";
  }

  private Set<GitTree> treesOf(RunState state) {
    return runs.stream()
        .filter(run -> run.state() == state)
        .flatMap(run -> run.tree().stream())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String coloured(String bar, RunState state, boolean colours) {
    if (!colours || state != RunState.PASSED && state != RunState.FAILED) {
      return bar;
    }
    return Terminal.coloured(bar, state == RunState.PASSED);
  }
}
