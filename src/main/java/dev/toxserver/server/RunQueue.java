package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that have not ended. Those of tox come first, are served first: so many run at once, and
 * so many wait. Programs that exec runs are beside the queue: so many run at once, and none waits.
 * Belongs to the server's context.
 */
final class RunQueue {
  private final ServerConfig.Places places;

  /** All of them, and for a moment those that were cancelled while they waited. */
  private final Map<RunId, Run> unfinished = new HashMap<>();

  private final Set<Run> running = new LinkedHashSet<>();
  private final Set<Run> waiting = new LinkedHashSet<>();

  /** Those of exec. */
  private final Set<Run> beside = new LinkedHashSet<>();

  RunQueue(ServerConfig.Places places) {
    this.places = places;
  }

  /** Whether one more run of tox would have to be refused. */
  boolean isFull() {
    return running.size() >= places.jobs() && waiting.size() >= places.queueLimit();
  }

  /** Whether one more program of exec would have to be refused. */
  boolean isFullBeside() {
    return beside.size() >= places.execJobs();
  }

  /** How many are under way, those beside the queue too. */
  int running() {
    return running.size() + beside.size();
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

  /** Those that run, beside the queue too, and then those that wait, in their order. */
  List<Run> all() {
    List<Run> all = new ArrayList<>(running);
    all.addAll(beside);
    all.addAll(waiting);
    return all;
  }

  /** Puts a run at the end, or beside the queue: then it counts as running at once. */
  void add(Run run) {
    unfinished.put(run.id(), run);
    if (run.request().invocation().exec()) {
      beside.add(run);
      return;
    }
    Optional<Run> predecessor = lastOf(waiting).or(() -> lastOf(running));
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
    beside.remove(run);
  }

  /** The next run whose turn has come, if any: it counts as running from now on. */
  Optional<Run> startNext() {
    if (running.size() >= places.jobs() || waiting.isEmpty()) {
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
