package dev.toxserver.runner.placed;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import java.util.Map;

/**
 * What a runner has and takes.
 *
 * @param version of its program
 * @param capacity how many runs of tox it takes at once; 0 if it takes none any more
 * @param windowBytes how much output of a run may be under way
 * @param goneMillis as in {@link RunnerJoin}
 */
public record Offer(
    RunnerName name,
    String version,
    Labels labels,
    int capacity,
    int windowBytes,
    long goneMillis) {
  /** The same, but no runs any more. */
  public Offer leaving() {
    return new Offer(name, version, labels, 0, windowBytes, goneMillis);
  }

  /** What it says when it joins. */
  public RunnerJoin join(String session, Map<RunId, RunnerJoin.Held> runs) {
    return new RunnerJoin(name, session, version, labels, capacity, windowBytes, goneMillis, runs);
  }
}
