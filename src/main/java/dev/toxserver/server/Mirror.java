package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.server.delivery.Presence;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.shared.Facts;
import dev.toxserver.server.shared.Hub;
import dev.toxserver.server.shared.SharedRecords;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * Has the queue and the history say what the facts say that all servers share: which runs there
 * are, where each is, and how it has ended. Belongs to the server's context.
 */
final class Mirror {
  private static final Logger LOG = Logger.getLogger(Mirror.class.getName());

  private final Hub hub;
  private final RunQueue queue;
  private final History history;
  private final Roster roster;
  private final Presence presence;
  private final Flows flows;
  private final Consumer<Run> onMoved;
  private final Feeds feeds;
  private final Renumbering renumbering;
  private Consumer<Run> onPlaced = run -> {};
  private Consumer<Run> onAgain = run -> {};

  /** Those that have not ended here. */
  private final Map<Life, Run> runs = new HashMap<>();

  /** What was last heard of each of them. */
  private final Map<Run, RunFacts> shown = new HashMap<>();

  private final Map<Life, Expected> expected = new HashMap<>();

  /** Those of which this server is just writing that their client is here. */
  private final Set<Run> arriving = new HashSet<>();

  private record Expected(Run run, Optional<Connection> connection) {}

  /** Lets the events of runs flow. */
  interface Flows {
    /** From now on, for one that is known. */
    void begin(Run run, RunLog log, Optional<Connection> connection);
  }

  /**
   * Shows nothing yet.
   *
   * @param onMoved takes each run whose client is known by all to have come here, or to have left
   */
  Mirror(
      Vertx vertx,
      Hub hub,
      RunQueue queue,
      History history,
      Roster roster,
      Presence presence,
      Flows flows,
      Consumer<Run> onMoved) {
    this.hub = hub;
    this.queue = queue;
    this.history = history;
    this.roster = roster;
    this.presence = presence;
    this.flows = flows;
    this.onMoved = onMoved;
    this.feeds = new Feeds(vertx, hub, this::finishIfEnded);
    this.renumbering = new Renumbering(vertx, queue, Mirror::tellPlace);
  }

  /** Names who is told of each run that a runner has from now on. */
  void onPlaced(Consumer<Run> listener) {
    onPlaced = listener;
  }

  /** Names who is told of each run that was lost and waits once more. */
  void onAgain(Consumer<Run> listener) {
    onAgain = listener;
  }

  /** Shows what is known, of which the history has the records, and follows what comes. */
  void open() {
    for (RunFacts facts : hub.facts().oldestFirst()) {
      if (facts.state() != RunFacts.State.ENDED) {
        history.find(facts.life().run()).ifPresent(log -> appear(facts, log));
        changed(facts);
      }
    }
    hub.facts().onChange(this::changed);
  }

  /** A run that this server has admitted is about to exist. */
  void expect(Life life, Run run, Optional<Connection> connection) {
    expected.put(life, new Expected(run, connection));
  }

  /** It does, or never will. */
  void expectNoMore(Life life) {
    expected.remove(life);
  }

  /** What is known of a run that has not ended here. */
  Optional<RunFacts> factsOf(Run run) {
    return hub.facts().find(run.id()).filter(facts -> runs.get(facts.life()) == run);
  }

  Feeds feeds() {
    return feeds;
  }

  /** Whether a run's client is at this server, or expected here. */
  boolean isOurs(Run run) {
    return factsOf(run).filter(facts -> facts.isHeldBy(hub.id())).isPresent();
  }

  /** A client has come here that has the run. */
  void arrived(Run run) {
    long hold = run.flow().requester().hold();
    factsOf(run)
        .filter(facts -> !isOurs(run) || facts.hold() != hold)
        .ifPresent(
            facts -> {
              arriving.add(run);
              hub.facts()
                  .create(facts.nextAt(Optional.of(hub.id()), hold))
                  .onComplete(
                      written -> {
                        arriving.remove(run);
                        factsOf(run).ifPresent(now -> locate(run, now));
                        onMoved.accept(run);
                      });
            });
  }

  private void changed(RunFacts facts) {
    if (facts.asked().isEmpty()) {
      return;
    }
    Run run = runs.get(facts.life());
    if (run == null && facts.state() == RunFacts.State.ENDED) {
      if (facts.isInDoubt()) {
        history
            .find(facts.life().run())
            .ifPresent(log -> history.amend(log, SharedRecords.of(facts)));
      }
      return;
    }
    if (run == null) {
      run = appear(facts);
    }
    hub.store().follow(facts);
    if (facts.cancel().isPresent()) {
      run.unwanted();
      run.flow().requester().dispensable();
    }
    locate(run, facts);
    Optional<RunFacts> before = Optional.ofNullable(shown.put(run, facts));
    if (facts.isInDoubt() && before.filter(RunFacts::isInDoubt).isEmpty()) {
      run.flow().tell(new RunEvent.Notice(Facts.IN_DOUBT));
    }
    place(run, before.flatMap(RunFacts::placement), facts);
    feeds.look(run, facts);
    if (facts.state() == RunFacts.State.ENDED) {
      finishIfEnded(run);
    }
  }

  private Run appear(RunFacts facts) {
    return appear(facts, history.begin(SharedRecords.of(facts), trouble -> {}));
  }

  private Run appear(RunFacts facts, RunLog log) {
    Fact.Asked asked = facts.asked().orElseThrow();
    Expected here =
        Optional.ofNullable(expected.get(facts.life()))
            .filter(each -> asked.hub().equals(hub.id()))
            .orElseGet(() -> new Expected(Run.known(asked), Optional.empty()));
    queue.find(facts.life().run()).ifPresent(this::supersede);
    runs.put(facts.life(), here.run());
    queue.enqueue(here.run());
    if (facts.again().isPresent()) {
      queue.putBackToBePulled(here.run());
    }
    flows.begin(here.run(), log, here.connection());
    return here.run();
  }

  /** Its id was taken again, so it has ended: who still reads it has the rest in its log. */
  private void supersede(Run earlier) {
    finish(earlier, shown.get(earlier));
    queue.remove(earlier);
  }

  private void place(Run run, Optional<Placement> before, RunFacts facts) {
    Optional<Placement> now = facts.placement();
    if (now.isEmpty() && before.isPresent() && facts.again().isPresent()) {
      again(run, facts);
    } else if (now.isPresent() && !now.equals(before)) {
      queue.place(run, roster.named(now.get().runner()));
      run.log().update(SharedRecords.of(facts));
      renumbering.soon();
      onPlaced.accept(run);
    }
  }

  private static void tellPlace(Run run) {
    if (run.flow().isRead()) {
      run.flow().tell(Heartbeat.withPlaceOf(run));
    }
  }

  private void again(Run run, RunFacts facts) {
    String why = facts.again().orElseThrow().why() + "; it is placed once more";
    LOG.log(LogLevel.NOTICE, "run {0}: {1}", new Object[] {run.id(), why});
    run.flow().tell(new RunEvent.Notice(why + ", and begins anew"));
    run.placeAgain(facts.nextSeq());
    run.log().update(SharedRecords.of(facts));
    queue.putBackToBePulled(run);
    renumbering.soon();
    onAgain.accept(run);
  }

  /**
   * A client that is connected here has come after whoever gave it up, or an attach before it was
   * taken over, was first to write: then that it is here is written once more.
   */
  private void locate(Run run, RunFacts facts) {
    if (facts.at().isEmpty() || arriving.contains(run)) {
      return;
    }
    boolean isOurs = facts.isHeldBy(hub.id());
    if ((isOurs || facts.holder().isEmpty()) && run.flow().requester().isHere()) {
      arrived(run);
    } else if (!isOurs) {
      presence.elsewhere(run.flow().requester(), facts.hold());
      run.flow().acknowledge();
      onMoved.accept(run);
    }
  }

  private void finishIfEnded(Run run) {
    // Where a run is in doubt, what comes here may be of a placement that counts no more, for ever.
    factsOf(run)
        .filter(facts -> facts.state() == RunFacts.State.ENDED)
        .filter(facts -> facts.isInDoubt() || !feeds.isUnderWay(run))
        .ifPresent(facts -> finish(run, facts));
  }

  private void finish(Run run, RunFacts facts) {
    if (runs.remove(facts.life(), run)) {
      // Of a run in doubt, other events may have come here than its end counts.
      boolean isCut = facts.isInDoubt() && feeds.isUnderWay(run);
      feeds.close(run);
      shown.remove(run);
      Optional<RunEvent.Exit> exit = facts.end().map(Fact.Ended::exit);
      exit.map(end -> isCut ? end.at(run.log().journal().nextSeq()) : end)
          .map(RunEventJson::encode)
          .ifPresent(run.flow()::publish);
      history.amend(run.log(), SharedRecords.of(facts));
      renumbering.soon();
    }
  }
}
