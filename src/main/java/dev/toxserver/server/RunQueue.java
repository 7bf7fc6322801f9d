package dev.toxserver.server;

import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who runs and who waits: first come, first served, so many at once, and so many waiting. */
final class RunQueue {
  private final int jobs;
  private final int limit;
  private final Map<RunId, Run> running = new LinkedHashMap<>();
  private final Map<RunId, Run> waiting = new LinkedHashMap<>();

  RunQueue(int jobs, int limit) {
    this.jobs = jobs;
    this.limit = limit;
  }

  /** Whether one more run would have to be refused. */
  boolean isFull() {
    return running.size() >= jobs && waiting.size() >= limit;
  }

  int running() {
    return running.size();
  }

  int waiting() {
    return waiting.size();
  }

  Optional<Run> find(RunId id) {
    return Optional.ofNullable(running.containsKey(id) ? running.get(id) : waiting.get(id));
  }

  /** All runs, those under way first, then those that wait, in their order. */
  Collection<Run> all() {
    List<Run> all = new ArrayList<>(running.values());
    all.addAll(waiting.values());
    return all;
  }

  /** Puts a run at the end. */
  void add(Run run) {
    Optional<Run> predecessor = lastOf(waiting).or(() -> lastOf(running));
    waiting.put(run.id(), run);
    // No renumbering here: nobody would be told of those that have moved.
    run.moveTo(waiting.size(), predecessor);
  }

  /** Takes a run out, wherever it is; another run of the same id stays. */
  void remove(Run run) {
    running.remove(run.id(), run);
    waiting.remove(run.id(), run);
  }

  /** The next run whose turn has come, if any: it counts as running from now on. */
  Optional<Run> startNext() {
    if (running.size() >= jobs || waiting.isEmpty()) {
      return Optional.empty();
    }
    Run next = waiting.values().iterator().next();
    waiting.remove(next.id());
    running.put(next.id(), next);
    next.leaveQueue();
    return Optional.of(next);
  }

  /** Numbers those that wait from 1; returns those whose place has changed. */
  List<Run> renumber() {
    List<Run> moved = new ArrayList<>();
    int position = 0;
    Optional<Run> predecessor = lastOf(running);
    for (Run run : waiting.values()) {
      position++;
      if (run.moveTo(position, predecessor)) {
        moved.add(run);
      }
      predecessor = Optional.of(run);
    }
    return moved;
  }

  private static Optional<Run> lastOf(Map<RunId, Run> runs) {
    return runs.values().stream().reduce((earlier, later) -> later);
  }
}
