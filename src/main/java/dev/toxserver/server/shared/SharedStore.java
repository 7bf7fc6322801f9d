package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.journal.Journal;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import dev.toxserver.server.journal.Store;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The runs of all hubs: what became of them is in their facts, and their events are in their logs,
 * so nothing is kept here. Belongs to the server's context.
 */
public final class SharedStore implements Store {
  private final NatsLink link;
  private final Facts facts;
  private final Map<RunId, SharedJournal> journals = new HashMap<>();

  SharedStore(NatsLink link, Facts facts) {
    this.link = link;
    this.facts = facts;
  }

  @Override
  public Future<List<RunLog>> open() {
    return Future.succeededFuture(facts.oldestFirst().stream().map(this::log).toList());
  }

  private RunLog log(RunFacts run) {
    SharedJournal journal = newJournal(run.life().run());
    follow(run);
    run.end().map(Fact.Ended::exit).ifPresent(journal::ended);
    return new RunLog(SharedRecords.of(run), journal);
  }

  @Override
  public boolean isBehind() {
    return false;
  }

  @Override
  public Journal begin(RunRecord accepted, Consumer<Throwable> onTrouble) {
    return newJournal(accepted.id());
  }

  private SharedJournal newJournal(RunId run) {
    SharedJournal journal = new SharedJournal(link, run);
    journals.put(run, journal);
    return journal;
  }

  /** More is known of a run that was begun: where its events are, or how many there are. */
  public void follow(RunFacts run) {
    SharedJournal journal = journals.get(run.life().run());
    if (journal != null) {
      run.placements().stream().map(Fact.Placed::placement).forEach(journal::placed);
    }
  }

  /** Not by the clock: each hub has its own. */
  @Override
  public long placeOfEnd(RunRecord run) {
    return facts.find(run.id()).map(RunFacts::endRevision).orElse(Long.MAX_VALUE);
  }

  @Override
  public void save(RunRecord run) {
    // Its facts say so.
  }

  @Override
  public void end(RunRecord run) {
    // Its facts say so.
  }

  @Override
  public void delete(RunRecord run) {
    journals.remove(run.id());
    facts.forget(run.id());
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
