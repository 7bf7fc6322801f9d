package dev.toxserver.runner;

import dev.toxserver.runner.ProcessTable.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The processes of one run that are alive: those that have its mark, those in its process group
 * (should no mark be possible), and all descendants of both. Who was seen once is remembered, for a
 * child whose parent has died can no longer be found by descent.
 *
 * <p>Blocking: call it on a worker. Thread-safe.
 */
class Survivors {
  private final long root;
  private final Mark mark;
  private final Guardian guardian;
  private final boolean keeper;

  /** When the program was started: who is older is none of the run's. */
  private final long since;

  private final Beginning beginning;

  private boolean ownGroup;
  private Set<Entry> known = new HashSet<>();

  /**
   * Looks for one run's processes.
   *
   * @param root the program's process id
   * @param leadsGroup whether it is also the id of a process group of the run's own
   * @param mark what the program was given, and hands on to all that it starts
   * @param guardian who sends SIGINT; neither it nor its ancestors are ever sent a signal
   */
  Survivors(long root, boolean leadsGroup, Mark mark, Guardian guardian) {
    this(root, leadsGroup, mark, guardian, false);
  }

  /**
   * The same.
   *
   * @param keeper whether the root keeps the terminal of the program, which is its child
   */
  Survivors(long root, boolean leadsGroup, Mark mark, Guardian guardian, boolean keeper) {
    this.root = root;
    this.keeper = keeper;
    this.ownGroup = leadsGroup;
    this.mark = mark;
    this.guardian = guardian;
    this.since = ProcessTable.read(root).map(Entry::startTime).orElse(Long.MAX_VALUE);
    this.beginning = new Beginning(ProcessTable.folder(root));
  }

  /** From now on they end with the server, however it dies. */
  void entrust() {
    guardian.watch(root, mark);
  }

  /** None is left. */
  void release() {
    guardian.forget(root);
  }

  /** SIGINT to the program alone. */
  synchronized Void interrupt() {
    find(found -> {}).stream()
        .filter(keeper ? entry -> entry.parent() == root : this::isRoot)
        .forEach(program -> guardian.interrupt(program.pid()));
    return null;
  }

  /** SIGTERM to all that are there, but not to what they then start to tidy up. */
  synchronized Void terminate() {
    find(found -> {}).forEach(found -> found.handle().ifPresent(ProcessHandle::destroy));
    return null;
  }

  /**
   * SIGKILL to each as soon as it is found: one that forks and ends every few milliseconds would be
   * gone when all have been looked at.
   *
   * @return whether any was found
   */
  synchronized boolean kill() {
    return !find(found -> found.handle().ifPresent(ProcessHandle::destroyForcibly)).isEmpty();
  }

  /** Whether any is alive. */
  synchronized boolean anyLeft() {
    return !find(found -> {}).isEmpty();
  }

  /**
   * The last resort, when nothing is found any more: SIGKILL to who holds the run's output open. A
   * child of the server is spared, since another run's program has for a moment, before it begins,
   * all that the server had open.
   *
   * @param pipes the names of its output's
   * @return who holds them open and is not the run's to end
   */
  synchronized List<Long> endHolders(Set<String> pipes) {
    long server = ProcessHandle.current().pid();
    List<Long> others = new ArrayList<>();
    ProcessTable.forEach(
        entry -> {
          if (entry.pid() != server
              && entry.parent() != server
              && ProcessTable.holds(entry.pid(), pipes)) {
            if (mayBeOurs(entry)) {
              entry.handle().ifPresent(ProcessHandle::destroyForcibly);
            } else {
              others.add(entry.pid());
            }
          }
        });
    return others;
  }

  private Set<Entry> find(Consumer<Entry> each) {
    Set<Entry> alive = new HashSet<>();
    List<Entry> others = new ArrayList<>();
    ProcessTable.forEachSince(
        beginning,
        entry -> {
          if (mayBeOurs(entry)) {
            if (isMember(entry)) {
              alive.add(entry);
              each.accept(entry);
            } else {
              others.add(entry);
            }
          }
        });
    addDescendants(others, alive, each);
    // A group that nobody is in any more has ended, and its number may become another's.
    ownGroup &= alive.stream().anyMatch(entry -> isRoot(entry) || entry.group() == root);
    known = alive;
    return alive;
  }

  /** The guard before all else: whatever speaks for it, who is not newer than the run is spared. */
  private boolean mayBeOurs(Entry entry) {
    return entry.pid() > 1 && entry.startTime() >= since && !guardian.spares(entry);
  }

  private boolean isMember(Entry entry) {
    return isRoot(entry)
        || known.contains(entry)
        || (ownGroup && entry.group() == root)
        || ProcessTable.carries(entry.pid(), mark);
  }

  private boolean isRoot(Entry entry) {
    return entry.pid() == root && entry.startTime() == since;
  }

  private static void addDescendants(List<Entry> others, Set<Entry> members, Consumer<Entry> each) {
    Set<Long> ids = members.stream().map(Entry::pid).collect(Collectors.toSet());
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Entry entry : others) {
        if (ids.contains(entry.parent()) && ids.add(entry.pid())) {
          members.add(entry);
          each.accept(entry);
          grown = true;
        }
      }
    }
  }
}
