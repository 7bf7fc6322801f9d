package dev.toxserver.server.runners;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerStatus;
import dev.toxserver.server.door.RefusedException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runners that there are, and which of them takes a run. The server's own goes first; of the
 * others the one with the most room, so that all share the work. Belongs to the server's context.
 */
public final class Roster {
  private static final Comparator<Runner> OWN_FIRST_THEN_MOST_ROOM =
      comparing((Runner runner) -> runner.remoteName().isPresent())
          .thenComparing(comparingInt(Runner::room).reversed());

  private final Map<RunnerName, Runner> runners = new LinkedHashMap<>();
  private final String version;

  /** Whether it is not known yet what the server's own runner has. */
  private boolean looking;

  /**
   * One without any runners.
   *
   * @param version the server's
   */
  public Roster(String version) {
    this.version = version;
  }

  /**
   * The server has a runner in its own process.
   *
   * @param capacity how many runs of tox it takes at once
   */
  public void addLocal(int capacity, Labels labels) {
    Runner local = new Runner(RunnerName.LOCAL, version);
    local.offers(labels, capacity);
    local.isAt("in the server");
    add(local);
  }

  /** What the server's own runner has is being looked for: until then, no needs are refused. */
  public void lookForLabels() {
    looking = true;
  }

  /** What the server's own runner has was found. */
  public void localHas(int capacity, Labels labels) {
    looking = false;
    Optional.ofNullable(runners.get(RunnerName.LOCAL))
        .ifPresent(local -> local.offers(labels, capacity));
  }

  /** Who has room for a run of tox now. */
  public Optional<Runner> roomFor(Labels needed) {
    return having(needed).filter(runner -> runner.room() > 0).min(OWN_FIRST_THEN_MOST_ROOM);
  }

  /** Who would take a program of exec now, which needs no room. */
  public Optional<Runner> anyFor(Labels needed) {
    return having(needed).filter(Runner::isThere).min(OWN_FIRST_THEN_MOST_ROOM);
  }

  /** Whether a run with such needs could be taken, by a runner that is there or expected back. */
  public boolean knows(Labels needed) {
    return looking || having(needed).findAny().isPresent();
  }

  /** All of them, in the order in which they have joined. */
  public List<RunnerStatus> status() {
    return runners.values().stream().map(Runner::status).toList();
  }

  /**
   * Refuses what no runner that is known could ever take, be it busy or away.
   *
   * @throws RefusedException that names what is missing
   */
  public void check(Labels needed) {
    if (knows(needed)) {
      return;
    }
    List<String> missing =
        needed.names().stream()
            .filter(label -> having(new Labels(List.of(label))).findAny().isEmpty())
            .toList();
    throw new RefusedException(ErrorCode.NOT_FOUND, why(needed, missing));
  }

  /**
   * A runner that has no connection to this server is there, or says something new of itself.
   *
   * @param address where it is, for people
   * @param isAway whether it was not heard for some time
   */
  public void offered(RunnerJoin join, String address, boolean isAway) {
    Runner runner = runners.computeIfAbsent(join.name(), name -> new Runner(name, join.version()));
    runner.offers(join.labels(), join.capacity());
    runner.isAt(address);
    if (isAway) {
      runner.away();
    }
  }

  /** Of those elsewhere only these are there, or expected back. */
  public void retain(Set<RunnerName> names) {
    runners
        .values()
        .removeIf(runner -> runner.remoteName().isPresent() && !names.contains(runner.name()));
  }

  /** One elsewhere is not expected back. */
  public void left(RunnerName name) {
    find(name).filter(runner -> runner.remoteName().isPresent()).ifPresent(this::remove);
  }

  /** The runner of that name, if it is known. */
  public Optional<Runner> find(RunnerName name) {
    return Optional.ofNullable(runners.get(name));
  }

  /** The runner of that name; of one that is not known, what it is called is all that is. */
  public Runner named(RunnerName name) {
    return find(name).orElseGet(() -> new Runner(name, version));
  }

  void add(Runner runner) {
    runners.put(runner.name(), runner);
  }

  void remove(Runner runner) {
    runners.remove(runner.name(), runner);
  }

  private Stream<Runner> having(Labels needed) {
    return runners.values().stream().filter(runner -> runner.labels().have(needed));
  }

  private String why(Labels needed, List<String> missing) {
    if (runners.isEmpty()) {
      return "on: no runner has joined this server, and it runs nothing itself (--no-local)";
    }
    return missing.isEmpty()
        ? "on: no runner has all of " + needed + "; 'runners' shows what each has"
        : "on: no runner has " + String.join(", ", missing) + "; 'runners' shows what each has";
  }
}
