package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.RunFacts;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sees to runs that nobody else would see to: whose runner is gone, whose hub died between two
 * steps, whose client was at a hub that died. Each hub counts for how long something has been
 * wrong, in seconds in which it was heard itself; one of them acts. All that it does is the
 * creation of names, so that two who act do no harm. Belongs to the server's context.
 */
public final class Sweeper {
  private static final long TICK_MILLIS = 1_000;

  /** So long whoever has begun something is given to end it. */
  private static final int HALF_DONE_SECONDS = 3;

  /** The fact that a run exists is written before all others of it. */
  private static final int ORPHAN_SECONDS = 60;

  /** Something that is to be done again and again. */
  interface Chore {
    /**
     * A second has passed in which we were heard.
     *
     * @param acts whether it is to be done by this hub
     */
    void tick(boolean acts);
  }

  private final Vertx vertx;
  private final Facts facts;
  private final Leases leases;
  private final LostRuns lost;
  private final Waiting waiting;
  private final List<Chore> chores;
  private final int graceSeconds;
  private final Ticks ticks = new Ticks();
  private boolean acts;
  private Optional<Long> timer = Optional.empty();

  /**
   * A sweeper that sleeps.
   *
   * @param graceMillis how long a client has to come back
   * @param chores what else is to be done by one hub
   */
  Sweeper(
      Vertx vertx,
      Facts facts,
      Leases leases,
      LostRuns.Logs logs,
      long graceMillis,
      List<Chore> chores) {
    this.vertx = vertx;
    this.facts = facts;
    this.leases = leases;
    this.lost = new LostRuns(facts, logs);
    this.waiting = new Waiting(facts);
    this.graceSeconds = (int) TimeUnit.MILLISECONDS.toSeconds(graceMillis);
    this.chores = List.copyOf(chores);
  }

  /**
   * One that sees to what is in NATS; as the constructor.
   *
   * @param keptBytes so much of each run's log is enough
   */
  public static Sweeper of(
      NatsLink link, Facts facts, Leases leases, String hub, long graceMillis, long keptBytes) {
    Forgetting.Store store = Forgetting.Store.of(link);
    return new Sweeper(
        link.vertx(),
        facts,
        leases,
        LostRuns.Logs.of(link, hub),
        graceMillis,
        List.of(
            new Tickets(facts, Tickets.Work.of(link, hub)),
            new Room(link, facts, store, Allowance.of(link, facts, keptBytes)),
            new Unparking(link, facts),
            new Forgetting(facts, leases::isSweeper, store)));
  }

  /** Looks each second. */
  public void start() {
    timer =
        Optional.of(
            vertx.setTimer(
                TICK_MILLIS,
                tick -> {
                  start();
                  tick();
                }));
  }

  /** Looks no longer. */
  public void stop() {
    timer.ifPresent(vertx::cancelTimer);
  }

  /** While we are not heard, others may be silent for the same reason. */
  private void tick() {
    if (leases.isHeard()) {
      ticks.next();
      acts = leases.isSweeper();
      List.copyOf(facts.unfinished()).forEach(this::look);
      chores.forEach(chore -> chore.tick(acts));
    }
  }

  private void look(RunFacts run) {
    if (run.isInDoubt()) {
      endDoubtful(run);
    }
    switch (run.state()) {
      case UNASKED -> after(ORPHAN_SECONDS, run, "exists", () -> facts.forget(run));
      case QUEUED -> lookAtWaiting(run);
      case PLACED -> lookAtRunner(run);
      default -> after(HALF_DONE_SECONDS, run, "ends", () -> waiting.finish(run));
    }
    if (run.asked().isPresent() && run.cancel().isEmpty()) {
      lookAtClient(run, run.asked().get());
    }
  }

  /** Each hub that knows of the doubt sees to it: the one that acts may not have seen anything. */
  private void endDoubtful(RunFacts run) {
    if (run.state() == RunFacts.State.QUEUED) {
      waiting.hopeless(run, Facts.IN_DOUBT);
    } else if (run.state() == RunFacts.State.PLACED) {
      lost.end(run, Facts.IN_DOUBT);
    }
  }

  private void lookAtWaiting(RunFacts run) {
    if (run.cancel().isPresent()) {
      after(HALF_DONE_SECONDS, run, "is withdrawn", () -> waiting.cancelled(run));
    }
  }

  private void lookAtRunner(RunFacts run) {
    long placedMillis = TICK_MILLIS * count(run, "placed");
    leases
        .doubt(run.life().run(), run.placement().orElseThrow(), placedMillis)
        .ifPresent(
            doubt -> after(doubt.seconds(), run, doubt.why(), () -> lost.end(run, doubt.why())));
  }

  /** A client that comes to another hub in time is there from then on, and this begins anew. */
  private void lookAtClient(RunFacts run, Fact.Asked asked) {
    if (asked.request().detached()) {
      return;
    }
    Optional<String> holder = run.holder();
    if (holder.isEmpty()) {
      after(HALF_DONE_SECONDS, run, "its client is gone", () -> cancelForGood(run));
    } else if (!leases.isHere(holder.get())) {
      int seconds = Leases.MOVING_SECONDS + graceSeconds;
      after(seconds, run, "awaited at " + holder.get(), () -> giveUp(run));
    }
  }

  /** Its client may just have come to a hub that writes so now: only if it stays, it is gone. */
  private void giveUp(RunFacts run) {
    facts.create(run.nextAt(Optional.empty(), run.hold()));
  }

  private void cancelForGood(RunFacts run) {
    facts.create(new Fact.Cancel(run.life(), leases.hub(), "its client was at a hub that is gone"));
  }

  private void after(int seconds, RunFacts run, String what, Runnable act) {
    if (count(run, what) >= seconds && acts) {
      act.run();
    }
  }

  /** For how many seconds that has been so, but for this one. */
  private int count(RunFacts run, String what) {
    return ticks.count(run.life() + " " + run.number() + " " + what);
  }
}
