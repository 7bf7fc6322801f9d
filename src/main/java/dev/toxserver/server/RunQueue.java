package dev.toxserver.server;

import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that have not ended. First come, first served: so many run at once, and so many wait.
 * Belongs to the server's context.
 */
final class RunQueue {
  private final int jobs;
  private final int limit;

  /** All of them, and for a moment those that were cancelled while they waited. */
  private final Map<RunId, Run> unfinished = new HashMap<>();

  private final Set<Run> running = new LinkedHashSet<>();
  private final Set<Run> waiting = new LinkedHashSet<>();

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

  /** Whether every run has ended. */
  boolean isEmpty() {
    return unfinished.isEmpty();
  }

  /** The run of that id that has not ended: it runs, waits, or was cancelled while it waited. */
  Optional<Run> find(RunId id) {
    return Optional.ofNullable(unfinished.get(id));
  }

  /** Those that run, and then those that wait, in their order. */
  List<Run> all() {
    List<Run> all = new ArrayList<>(running);
    all.addAll(waiting);
    return all;
  }

  /** Puts a run at the end. */
  void add(Run run) {
    Optional<Run> predecessor = lastOf(waiting).or(() -> lastOf(running));
    unfinished.put(run.id(), run);
    waiting.add(run);
    // No renumbering here: nobody would be told of those that have moved.
    run.moveTo(waiting.size(), predecessor);
  }

  /** A run that waits was cancelled: it will never start, and ends when its exit comes round. */
  void cancel(Run run) {
    waiting.remove(run);
    run.leaveQueue();
  }

  /** A run has ended; another of the same id stays. */
  void remove(Run run) {
    unfinished.remove(run.id(), run);
    running.remove(run);
    waiting.remove(run);
  }

  /** The next run whose turn has come, if any: it counts as running from now on. */
  Optional<Run> startNext() {
    if (running.size() >= jobs || waiting.isEmpty()) {
      return Optional.empty();
    }
    Run next = waiting.iterator().next();
    waiting.remove(next);
    running.add(next);
    next.leaveQueue();
    return Optional.of(next);
  }

  /** Numbers those that wait from 1; returns those whose place has changed. */
  List<Run> renumber() {
    List<Run> moved = new ArrayList<>();
    int position = 0;
    Optional<Run> predecessor = lastOf(running);
    for (Run run : waiting) {
      position++;
      if (run.moveTo(position, predecessor)) {
        moved.add(run);
      }
      predecessor = Optional.of(run);
    }
    return moved;
  }

  private static Optional<Run> lastOf(Set<Run> runs) {
    return runs.stream().reduce((earlier, later) -> later);
  }
}
