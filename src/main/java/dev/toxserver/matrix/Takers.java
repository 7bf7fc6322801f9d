package dev.toxserver.matrix;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunnerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which environments can be run at all, be it now or later.
 *
 * @param runners those that the server knows, busy and away ones too
 */
public record Takers(List<RunnerStatus> runners) {
  /** Takes a copy of them. */
  public Takers {
    runners = List.copyOf(runners);
  }

  /** What an environment needs of its runner: what the user says, and its Python. */
  public static Labels need(String environment, Labels on) {
    List<String> labels = new ArrayList<>(on.names());
    PythonFactor.label(environment).ifPresent(labels::add);
    return new Labels(labels);
  }

  /**
   * Whether there is a runner with all of these. One that has not yet looked what it has tells no
   * label, not even its system's: it may have all.
   */
  public boolean canTake(Labels needed) {
    return runners.stream()
        .map(RunnerStatus::labels)
        .anyMatch(labels -> labels.isEmpty() || labels.have(needed));
  }

  /**
   * Why some environments can't be run, and what there is, in one line.
   *
   * @param needs what each of them needs
   */
  public String problem(Map<String, Labels> needs) {
    if (runners.isEmpty()) {
      return "no runner has joined this server, and it runs nothing itself (--no-local)";
    }
    String missing =
        needs.entrySet().stream()
            .map(each -> each.getKey() + " (needs " + each.getValue() + ")")
            .collect(Collectors.joining(", "));
    TreeSet<String> there = new TreeSet<>();
    runners.forEach(runner -> there.addAll(runner.labels().names()));
    return "no runner can take "
        + missing
        + "; the runners have "
        + String.join(", ", there)
        + " ('runners' shows which has what); --skip-missing-runners leaves such environments out";
  }
}
