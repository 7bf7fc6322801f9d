package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.journal.Groups;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.runners.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The runs that have not ended. Those of tox that come first are served first, each by a runner
 * that has room and what the run needs: so no run waits for one behind it. Programs that exec runs
 * are beside the queue: so many run at once, and none waits. Belongs to the server's context.
 */
final class RunQueue {
  /** Up to here each place is told, and beyond it each hundredth. */
  private static final int TOLD_EACH = 100;

  private final ServerConfig.Places places;
  private final Roster roster;

  /** All of them, and for a moment those that were cancelled while they waited. */
  private final Map<RunId, Run> unfinished = new HashMap<>();

  /** Those of loops, by the name of the loop. */
  private final Groups<Run, Set<Run>> rounds = new Groups<>(HashSet::new);

  private final Line running = new Line();
  private final Line waiting = new Line();

  /** Whether the places of those that wait are perhaps others than they were numbered. */
  private boolean moved;

  /** Those of exec. */
  private final Set<Run> beside = new LinkedHashSet<>();

  RunQueue(ServerConfig.Places places, Roster roster) {
    this.places = places;
    this.roster = roster;
  }

  /** Whether one more run of tox with such needs would have to be refused. */
  boolean isFull(Labels needs) {
    return waiting.size() >= places.queueLimit() && roster.roomFor(needs).isEmpty();
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

  /** Whether that is the id of a run that has not ended, or of the loop that one is of. */
  boolean isTaken(RunId id) {
    return unfinished.containsKey(id) || rounds.find(id).isPresent();
  }

  /** Tells all who read a run to go on at another server, if they were given one. */
  void sendAway() {
    unfinished.values().forEach(run -> run.flow().tell(new RunEvent.Leaving()));
  }

  /** Those that run, beside the queue too, and then those that wait, in their order. */
  List<Run> all() {
    List<Run> all = new ArrayList<>(running.all());
    all.addAll(beside);
    all.addAll(waiting.all());
    return all;
  }

  /** Puts a run at the end, or beside the queue: then it counts as running at once. */
  void add(Run run) {
    if (isBeside(run)) {
      run.placeWith(roster.anyFor(run.needs()).orElseThrow());
    }
    enqueue(run);
  }

  /** The same; others will say which runner has it. */
  void enqueue(Run run) {
    unfinished.put(run.id(), run);
    run.round().ifPresent(round -> rounds.add(round.loop(), run));
    if (isBeside(run)) {
      beside.add(run);
      return;
    }
    Optional<Run> predecessor = waiting.last().or(running::last);
    waiting.add(run);
    // No renumbering here: nobody would be told of those that have moved.
    run.moveTo(waiting.size(), predecessor);
  }

  private static boolean isBeside(Run run) {
    return run.request().invocation().exec();
  }

  /** A runner has a run that waited, or that another was thought to have. */
  void place(Run run, Runner runner) {
    if (!beside.contains(run)) {
      leave(run);
      running.add(run);
      release(run);
      runner.take(run.id());
    }
    run.placeWith(runner);
  }

  /**
   * A run was lost and is placed once more: it waits before all others, as it did. One beside the
   * queue keeps its runner until another is there.
   */
  void putBack(Run run) {
    if (beside.contains(run)) {
      roster.anyFor(run.needs()).ifPresent(run::placeWith);
      return;
    }
    running.remove(run);
    release(run);
    run.withoutRunner();
    waiting.addFirst(run);
    moved = true;
    run.moveTo(1, running.last());
  }

  /** The same where runners pull what is placed once more: there a program of exec waits, too. */
  void putBackToBePulled(Run run) {
    beside.remove(run);
    putBack(run);
  }

  private static void release(Run run) {
    run.runner().ifPresent(runner -> runner.release(run.id()));
  }

  /**
   * A run that waits was cancelled, or given up: it will never start, and ends when its exit comes
   * round.
   */
  void cancel(Run run) {
    leave(run);
    run.leaveQueue();
  }

  /** A run has ended; another of the same id stays. */
  void remove(Run run) {
    unfinished.remove(run.id(), run);
    run.round().ifPresent(round -> rounds.remove(round.loop(), run));
    if (running.remove(run)) {
      release(run);
    }
    cancel(run);
    beside.remove(run);
  }

  private void leave(Run run) {
    moved |= waiting.remove(run);
  }

  /**
   * The first run that can be placed, if any: it counts as running from now on. Each kind of needs
   * is looked up once, however many wait.
   */
  Optional<Run> startNext() {
    Map<Labels, Optional<Runner>> found = new HashMap<>();
    for (Run run : waiting.all()) {
      Optional<Runner> runner = found.computeIfAbsent(run.needs(), roster::roomFor);
      if (runner.isPresent()) {
        place(run, runner.get());
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /**
   * Those that wait for what no runner has any more; each once, until one has it again. Each kind
   * of needs is looked up once, however many wait.
   */
  List<Run> stranded() {
    Predicate<Run> hopeless = isHopeless();
    return waiting.all().stream().filter(run -> run.isNewlyStranded(hopeless.test(run))).toList();
  }

  /** Those that wait for what no runner has any more, told or not. */
  List<Run> hopeless() {
    return waiting.all().stream().filter(isHopeless()).toList();
  }

  private Predicate<Run> isHopeless() {
    Map<Labels, Boolean> known = new HashMap<>();
    return run -> !known.computeIfAbsent(run.needs(), roster::knows);
  }

  /**
   * Numbers those that wait from 1; returns those whose place has changed. Of those that are far
   * back, only each that has come to a round number: else each start would tell all of them.
   */
  List<Run> renumber() {
    if (!moved) {
      return List.of();
    }
    moved = false;
    List<Run> told = new ArrayList<>();
    int position = 0;
    Optional<Run> predecessor = running.last();
    for (Run run : waiting.all()) {
      position++;
      if (run.moveTo(position, predecessor) && isTold(position)) {
        told.add(run);
      }
      predecessor = Optional.of(run);
    }
    return told;
  }

  private static boolean isTold(int position) {
    return position <= TOLD_EACH || position % TOLD_EACH == 0;
  }
}
