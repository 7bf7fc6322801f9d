package dev.toxserver.server.journal;

import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Which of the runs that are over are too many: those that have ended first. Those of tox and those
 * of exec have each their own number, and of the rounds of a loop that have passed only the last
 * few count: one that passes a thousand times shall not push all others out.
 */
final class Surplus implements Predicate<RunLog> {
  /** How many rounds of a loop that have passed are kept. */
  static final int MOST_ROUNDS = 5;

  private final int limit;
  private final long mostWeight;
  private final Map<RunId, Integer> rounds = new HashMap<>();
  private long weight;
  private int ofTox;
  private int ofExec;

  private Surplus(int limit, long mostWeight) {
    this.limit = limit;
    this.mostWeight = mostWeight;
  }

  private record Ended(RunLog log, long place) {}

  /**
   * Those that have to go.
   *
   * @param newestFirst by their acceptance, which decides where ends are the same
   * @param placeOfEnd as in {@link Store#placeOfEnd}
   * @param limit how many of tox are kept, and as many of exec
   * @param mostWeight how much memory all that are kept may take
   */
  static List<RunLog> of(
      List<RunLog> newestFirst, ToLongFunction<RunRecord> placeOfEnd, int limit, long mostWeight) {
    return newestFirst.stream()
        .filter(log -> log.record().state().isOver())
        .map(log -> new Ended(log, placeOfEnd.applyAsLong(log.record())))
        .sorted(Comparator.comparingLong(Ended::place).reversed())
        .map(Ended::log)
        .filter(new Surplus(limit, mostWeight))
        .toList();
  }

  /** Whether a run has to go, given those that were asked about before, which have ended later. */
  @Override
  public boolean test(RunLog log) {
    RunRecord run = log.record();
    if (isRoundTooMany(run)) {
      return true;
    }
    int kept = run.invocation().exec() ? ++ofExec : ++ofTox;
    weight += kept <= limit ? run.weight() : 0;
    return kept > limit || weight > mostWeight;
  }

  private boolean isRoundTooMany(RunRecord run) {
    return run.state() == RunState.PASSED
        && run.asked()
            .round()
            .map(Round::loop)
            .filter(loop -> rounds.merge(loop, 1, Integer::sum) > MOST_ROUNDS)
            .isPresent();
  }
}
