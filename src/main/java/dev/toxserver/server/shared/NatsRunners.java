package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Peers;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.server.door.Budget;
import dev.toxserver.server.runners.Heartbeats;
import dev.toxserver.server.runners.Roster;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The runners that pull their runs, as far as this hub has to do with them: the roster shows them,
 * and the orders for what they run go to them. Belongs to the server's context.
 */
final class NatsRunners {
  private static final long REPEAT_MILLIS = 2_000;

  /** A runner puts its lease every 2 s: three of them may be late. */
  private static final long MOST_SILENT_MILLIS = 6_500;

  private static final String ADDRESS = "over NATS";

  /** What this hub holds of all runs elsewhere together. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final Vertx vertx;
  private final NatsLink link;
  private final Facts facts;
  private final Leases leases;
  private final Function<String, Optional<Peers.Peer>> peers;
  private final Roster roster;
  private final Heartbeats heartbeats;
  private final Absences absences;
  private final Budget budget = new Budget(MOST_BYTES);
  private final Map<RunnerName, NatsRunner> runners = new HashMap<>();

  /** Where each run is that was placed and has not ended. */
  private final Map<RunId, Placement> placed = new HashMap<>();

  private final long timer;

  /** Those that are there, and that come. */
  NatsRunners(
      Vertx vertx,
      NatsLink link,
      Facts facts,
      Leases leases,
      Function<String, Optional<Peers.Peer>> peers,
      Roster roster,
      Heartbeats heartbeats) {
    this.vertx = vertx;
    this.link = link;
    this.facts = facts;
    this.leases = leases;
    this.peers = peers;
    this.roster = roster;
    this.heartbeats = heartbeats;
    this.absences = new Absences(this::tell);
    facts.unfinished().forEach(this::changed);
    facts.onChange(this::changed);
    this.timer = vertx.setPeriodic(REPEAT_MILLIS, tick -> repeat());
    follow();
  }

  /**
   * One of the peers says something new, or has left. No other is looked at: where many come at the
   * same time, each would cost as much as all.
   */
  void follow(Peers.Peer peer) {
    Optional<RunnerJoin> join = leases.runner(peer);
    join.ifPresent(this::isThere);
    if (join.isEmpty()) {
      Leases.runnerName(peer.key()).ifPresent(this::hasLeft);
    }
  }

  private void follow() {
    Map<RunnerName, RunnerJoin> there = new HashMap<>();
    for (RunnerJoin join : leases.runners()) {
      isThere(join);
      there.put(join.name(), join);
    }
    roster.retain(there.keySet());
    absences.look(placed, placement -> presence(placement, there));
    forget(there.keySet());
  }

  private void isThere(RunnerJoin join) {
    roster.offered(join, ADDRESS, isAway(join.name()));
    runner(join.name());
  }

  private void hasLeft(RunnerName name) {
    roster.left(name);
    boolean isNeeded =
        placed.values().stream().anyMatch(placement -> placement.runner().equals(name));
    if (!isNeeded) {
      Optional.ofNullable(runners.remove(name)).ifPresent(NatsRunner::close);
    }
  }

  private Absences.Presence presence(Placement placement, Map<RunnerName, RunnerJoin> there) {
    RunnerJoin join = there.get(placement.runner());
    if (join == null || !join.session().equals(placement.session())) {
      return Absences.Presence.UNKNOWN;
    }
    return isAway(join.name()) ? Absences.Presence.SILENT : Absences.Presence.HEARD;
  }

  private void tell(RunId run, RunEvent.Notice notice) {
    vertx.eventBus().publish(Addresses.output(run), RunEventJson.encode(notice));
  }

  /** Of those that are gone only these matter whose runs have not ended. */
  private void forget(Set<RunnerName> there) {
    Set<RunnerName> gone = new HashSet<>(runners.keySet());
    gone.removeAll(there);
    placed.values().forEach(placement -> gone.remove(placement.runner()));
    gone.forEach(name -> runners.remove(name).close());
  }

  private boolean isAway(RunnerName name) {
    return peers
        .apply(NatsSubjects.lease(name))
        .filter(peer -> peer.silentMillis() > MOST_SILENT_MILLIS)
        .isPresent();
  }

  /** Has to do with them no longer. */
  void close() {
    vertx.cancelTimer(timer);
    runners.values().forEach(NatsRunner::close);
  }

  private NatsRunner runner(RunnerName name) {
    return runners.computeIfAbsent(
        name,
        first -> new NatsRunner(vertx.eventBus(), link, name, budget, run -> placement(run, name)));
  }

  private Optional<String> placement(RunId run, RunnerName name) {
    return Optional.ofNullable(placed.get(run))
        .filter(placement -> placement.runner().equals(name))
        .map(Placement::name);
  }

  private void changed(RunFacts run) {
    RunId id = run.life().run();
    Optional<Placement> now =
        run.state() == RunFacts.State.PLACED ? run.placement() : Optional.empty();
    Placement before = placed.get(id);
    if (before != null && !now.equals(Optional.of(before))) {
      placed.remove(id);
      runner(before.runner()).ended(id);
      heartbeats.end(id);
    }
    now.filter(placement -> !placement.equals(before))
        .ifPresent(placement -> begin(run, placement));
    if (run.cancel().isPresent()) {
      cancel(id);
    }
  }

  private void begin(RunFacts run, Placement placement) {
    RunId id = run.life().run();
    placed.put(id, placement);
    // Its lease may be heard of later.
    runner(placement.runner());
    run.asked().ifPresent(asked -> heartbeats.begin(id, asked.request().heartbeatMillis()));
  }

  private void repeat() {
    follow();
    runners.values().forEach(NatsRunner::repeat);
    facts.unfinished().stream()
        .filter(run -> run.cancel().isPresent() && isOurs(run))
        .forEach(run -> cancel(run.life().run()));
  }

  /** One hub is enough to see to it: that which has the client, or which sees to the rest. */
  private boolean isOurs(RunFacts run) {
    return run.holder()
        .filter(leases::isHere)
        .map(leases.hub()::equals)
        .orElseGet(leases::isSweeper);
  }

  private void cancel(RunId id) {
    Optional.ofNullable(placed.get(id))
        .ifPresent(placement -> runner(placement.runner()).cancel(id));
  }
}
