package dev.toxserver.runner;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The processes of one run that are alive: those in its process group, those that carry its cookie,
 * and all descendants of both. Who was seen once is remembered, for a child whose parent has died
 * can no longer be found by descent.
 *
 * <p>Blocking: call it on a worker. Thread-safe.
 */
final class Survivors {
  private static final Logger LOG = Logger.getLogger(Survivors.class.getName());

  private final long root;
  private final boolean leadsGroup;
  private final String cookie;

  /** When the program was started: who is older is none of the run's. */
  private final long since;

  private Set<ProcessTable.Entry> known = new HashSet<>();

  /**
   * Looks for one run's processes.
   *
   * @param root the program's process id
   * @param leadsGroup whether it is also the id of a process group of the run's own
   */
  Survivors(long root, boolean leadsGroup, String cookie) {
    this.root = root;
    this.leadsGroup = leadsGroup;
    this.cookie = cookie;
    this.since = ProcessTable.startTime(root);
  }

  /** SIGINT to the program alone, by a shell: Java has no call for it. */
  synchronized Void interrupt() throws IOException, InterruptedException {
    find();
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s INT \"$0\"", String.valueOf(root))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      LOG.log(Level.FINE, "SIGINT did not reach process {0}: it has ended", root);
    }
    return null;
  }

  /** SIGTERM to all. */
  synchronized Void terminate() {
    find().forEach(entry -> entry.handle().ifPresent(ProcessHandle::destroy));
    return null;
  }

  /** SIGKILL to all that are found; whether any was. */
  synchronized boolean kill() {
    Set<ProcessTable.Entry> alive = find();
    alive.forEach(entry -> entry.handle().ifPresent(ProcessHandle::destroyForcibly));
    return !alive.isEmpty();
  }

  /** Whether any is alive. */
  synchronized boolean anyLeft() {
    return !find().isEmpty();
  }

  private Set<ProcessTable.Entry> find() {
    List<ProcessTable.Entry> all = ProcessTable.read();
    Set<Long> ids = known.stream().map(ProcessTable.Entry::pid).collect(Collectors.toSet());
    Set<ProcessTable.Entry> alive = new HashSet<>();
    for (ProcessTable.Entry entry : all) {
      boolean seen = ids.contains(entry.pid()) && known.contains(entry);
      if (seen || isMember(entry)) {
        alive.add(entry);
      }
    }
    addDescendants(all, alive);
    known = alive;
    return Set.copyOf(alive);
  }

  private boolean isMember(ProcessTable.Entry entry) {
    return entry.pid() == root
        || (leadsGroup && entry.group() == root)
        || (entry.startTime() >= since && ProcessTable.carries(entry.pid(), cookie));
  }

  private static void addDescendants(
      List<ProcessTable.Entry> all, Set<ProcessTable.Entry> members) {
    Set<Long> ids = members.stream().map(ProcessTable.Entry::pid).collect(Collectors.toSet());
    boolean grown = true;
    while (grown) {
      grown = false;
      for (ProcessTable.Entry entry : all) {
        if (ids.contains(entry.parent()) && ids.add(entry.pid())) {
          members.add(entry);
          grown = true;
        }
      }
    }
  }
}
