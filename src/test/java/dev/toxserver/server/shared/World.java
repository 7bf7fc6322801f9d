package dev.toxserver.server.shared;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that two hubs and two runners share and know of one run, at one moment: facts and logs as
 * maps. What they can do next is in {@link WorldSteps}.
 */
final class World {
  final Rules rules;

  /** In the order in which they were written; each hub has seen a beginning of it. */
  final List<Fact> facts = new ArrayList<>();

  /** What is written in the log of each placement: {@code out}, {@code exit} or {@code lost}. */
  final Map<String, List<String>> logs = new TreeMap<>();

  final List<Hub> hubs = new ArrayList<>();
  final List<Runner> runners = new ArrayList<>();

  /** The sessions in which the run was started, one for each time. */
  final List<String> started = new ArrayList<>();

  boolean ticket;
  int crashes;
  int deliveries;

  /** How often both hubs may take the runner for dead at once. */
  int sweeps;

  /**
   * What the world is like.
   *
   * @param retry whether the run is placed once more if it is lost
   * @param wrongly whether hubs take runners for dead that live
   * @param once whether a name can be written only once, as it must be
   */
  record Rules(boolean retry, boolean wrongly, boolean once) {}

  /** Something that a hub does in steps, between which it may die. */
  record Job(String kind, int runner, String session, int step, String found) {
    Job next() {
      return next(found);
    }

    Job next(String what) {
      return new Job(kind, runner, session, step + 1, what);
    }

    @Override
    public String toString() {
      return kind + runner + session + step + found;
    }
  }

  /** A hub: how many facts it has seen, and what it does. */
  record Hub(int seen, Optional<Job> job) {
    @Override
    public String toString() {
      return seen + " " + job.map(Job::toString).orElse("");
    }
  }

  /** A runner: of which session, and how far it is with the run. */
  record Runner(int session, String phase, String placement, int written) {
    static Runner idle(int session) {
      return new Runner(session, "idle", "", 0);
    }

    Runner in(String newPhase) {
      return new Runner(session, newPhase, placement, written);
    }

    @Override
    public String toString() {
      return session + phase + placement + written;
    }
  }

  World(Rules rules) {
    this.rules = rules;
    this.crashes = 1;
    this.deliveries = rules.retry() ? 1 : 2;
    this.sweeps = 1;
    for (int i = 0; i < 2; i++) {
      hubs.add(new Hub(0, Optional.empty()));
      runners.add(Runner.idle(0));
    }
    hubs.set(0, new Hub(0, Optional.of(new Job("accept", 0, "", 0, ""))));
  }

  World copy() {
    World copy = new World(rules);
    copy.facts.addAll(facts);
    logs.forEach((placement, log) -> copy.logs.put(placement, new ArrayList<>(log)));
    for (int i = 0; i < 2; i++) {
      copy.hubs.set(i, hubs.get(i));
      copy.runners.set(i, runners.get(i));
    }
    copy.started.addAll(started);
    copy.ticket = ticket;
    copy.crashes = crashes;
    copy.deliveries = deliveries;
    copy.sweeps = sweeps;
    return copy;
  }

  /** Two worlds with the same key can do the same: it does not matter which hub is which. */
  String key() {
    StringBuilder key = new StringBuilder(256);
    facts.forEach(fact -> key.append(fact.name()).append(sessionOf(fact)).append(' '));
    return key.append(logs)
        .append(hubs.stream().map(Hub::toString).sorted().toList())
        .append(runners)
        .append(started)
        .append(ticket)
        .append(crashes)
        .append(deliveries)
        .append(sweeps)
        .toString();
  }

  private static String sessionOf(Fact fact) {
    return fact instanceof Fact.Placed placed ? placed.placement().session() : "";
  }

  /** A name is written, unless it is taken; what stands there. */
  Fact create(Fact fact) {
    Optional<Fact> there =
        facts.stream().filter(each -> each.name().equals(fact.name())).findFirst();
    if (there.isEmpty() || !rules.once()) {
      facts.add(fact);
      return fact;
    }
    return there.get();
  }

  List<String> log(String placement) {
    return logs.computeIfAbsent(placement, none -> new ArrayList<>());
  }

  /** The next message of a log is written, unless it is taken; what stands there. */
  String write(String placement, int index, String message) {
    List<String> log = log(placement);
    if (index < log.size()) {
      return log.get(index);
    }
    log.add(message);
    return "";
  }

  /** What a hub knows of the run. */
  RunFacts view(Hub hub) {
    return fold(facts.stream().limit(hub.seen()));
  }

  /** What is true of the run. */
  RunFacts truth() {
    return fold(facts.stream());
  }

  private static RunFacts fold(Stream<Fact> facts) {
    return facts.reduce(
        RunFacts.none(new Life(new RunId("a"), 1)),
        (run, fact) -> run.with(fact, 1),
        (one, other) -> other);
  }

  static String session(int runner, int session) {
    return "r" + runner + "-" + session;
  }

  /** A runner does not know the run, as its lease says. */
  boolean isIdle(String session) {
    return runners.get(session.charAt(1) - '0').phase().equals("idle");
  }

  /** A runner's session is over: it was killed. */
  boolean isDead(String session) {
    int runner = session.charAt(1) - '0';
    return !session(runner, runners.get(runner).session()).equals(session);
  }
}
