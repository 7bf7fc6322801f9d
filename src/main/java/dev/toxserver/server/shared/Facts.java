package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Watch;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What all hubs know of all runs: a mirror of the bucket of facts, kept by one watch. Runs that
 * have not ended are bounded by the queue's limit and the runners' places, those that have by the
 * history, which has them forgotten. Where NATS has lost what was decided, what stands in the
 * bucket counts, so that all hubs agree, and the run is in doubt. Belongs to the server's context.
 */
public final class Facts {
  /** What users are told of a run that is in doubt. */
  public static final String IN_DOUBT =
      "NATS has lost a write that it had acknowledged: the run may have been executed twice, or not"
          + " as it is told";

  private static final Logger LOG = Logger.getLogger(Facts.class.getName());

  /** Much longer than the watch ever lags; a fact that was purged meanwhile never comes. */
  private static final long SEEN_WITHIN_MILLIS = 30_000;

  private final Names names;

  /** In the order in which they were asked for. */
  private final Map<Life, RunFacts> runs = new LinkedHashMap<>();

  private final Map<Life, RunFacts> unfinished = new LinkedHashMap<>();
  private final Map<RunId, Life> newest = new HashMap<>();
  private final Awaited<String> awaited;
  private final List<Consumer<RunFacts>> onChange = new ArrayList<>();
  private Consumer<RunFacts> onForgotten = run -> {};
  private Consumer<RunFacts> onEndedHere = run -> {};
  private Runnable close = () -> {};

  /** A mirror that knows nothing yet. */
  Facts(Vertx vertx, Names names) {
    this.names = names;
    this.awaited = new Awaited<>(vertx, SEEN_WITHIN_MILLIS);
  }

  /**
   * Opens the mirror.
   *
   * @param hub which no other process has
   * @return completes when all that was in the bucket is known
   */
  public static Future<Facts> open(NatsLink link, String hub) {
    Facts facts = new Facts(link.vertx(), Names.of(link, hub));
    Promise<Facts> opened = Promise.promise();
    Watch watch =
        Watch.begin(link, NatsSubjects.RUNS_BUCKET, facts::told, () -> opened.tryComplete(facts));
    facts.close = watch::close;
    return opened.future();
  }

  /** Hears nothing more. */
  public void close() {
    close.run();
  }

  /**
   * Names one more who is told of each run of which something new is known, in the same order in
   * each hub.
   */
  public void onChange(Consumer<RunFacts> listener) {
    onChange.add(listener);
  }

  /** Names who is told of each run whose end was decided by this hub, and by no other. */
  public void onEndedHere(Consumer<RunFacts> listener) {
    onEndedHere = listener;
  }

  /** Names who is told of each run that is known no more. */
  void onForgotten(Consumer<RunFacts> listener) {
    onForgotten = listener;
  }

  /**
   * Decides something, unless it has been decided.
   *
   * @return what stands under the fact's key from then on: it, or what another was first with. It
   *     is known here by then. Fails only if what stands there is no fact; while the servers are
   *     away it does not complete.
   */
  public Future<Fact> create(Fact fact) {
    Optional<RunFacts> run = find(fact.life());
    Optional<Fact> known = run.flatMap(each -> each.inPlaceOf(fact));
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    return names
        .create(fact.key(), FactJson.encode(fact).toBuffer())
        .map(other -> other.isEmpty() ? ours(run, fact) : decide(fact.key(), other.get()))
        .compose(decided -> seen(decided).map(decided));
  }

  /**
   * By now the run may be forgotten: one that is too much for the history is as soon as its end is
   * known.
   */
  private Fact ours(Optional<RunFacts> run, Fact fact) {
    if (fact instanceof Fact.Ended) {
      run.map(each -> each.with(fact, each.lastRevision())).ifPresent(onEndedHere);
    }
    return fact;
  }

  /** Of the runs that have had this id, the one that was asked for last. */
  public Optional<RunFacts> find(RunId run) {
    return Optional.ofNullable(newest.get(run)).map(runs::get);
  }

  /** One run. */
  public Optional<RunFacts> find(Life life) {
    return Optional.ofNullable(runs.get(life));
  }

  /** The life that a new run of this id would have. */
  public Life nextLife(RunId run) {
    return new Life(run, 1 + Optional.ofNullable(newest.get(run)).map(Life::generation).orElse(0));
  }

  /** All runs that are known to exist, in the order in which they were asked for. */
  public List<RunFacts> oldestFirst() {
    return runs.values().stream().filter(run -> run.asked().isPresent()).toList();
  }

  /** Those that have not ended, in the same order; of some perhaps only a part is known. */
  public Collection<RunFacts> unfinished() {
    return Collections.unmodifiableCollection(unfinished.values());
  }

  /** A run that is over is not wanted any more; another of its id stays. */
  public void forget(RunId run) {
    find(run).filter(found -> found.state() == RunFacts.State.ENDED).ifPresent(this::forget);
  }

  /** Forgets one, whatever has become of it. */
  void forget(RunFacts run) {
    if (runs.remove(run.life()) != null) {
      unfinished.remove(run.life());
      newest.remove(run.life().run(), run.life());
      onForgotten.accept(run);
    }
  }

  /** Something has come to the bucket. What is purged there is not told. */
  void told(Watch.Entry entry) {
    if (!entry.isDeleted()) {
      decode(entry.key(), entry.value()).ifPresent(fact -> add(fact, entry.revision()));
    }
  }

  private void add(Fact fact, long revision) {
    RunFacts before = find(fact.life()).orElse(RunFacts.none(fact.life()));
    RunFacts run = before.with(fact, revision);
    if (run == before) {
      run = changed(before, fact, revision);
    }
    if (run != before) {
      put(run, fact);
    }
    awaited.known(fact.key());
  }

  private void put(RunFacts run, Fact fact) {
    runs.put(run.life(), run);
    if (run.state() == RunFacts.State.ENDED) {
      unfinished.remove(run.life());
    } else {
      unfinished.put(run.life(), run);
    }
    if (fact instanceof Fact.Asked) {
      supersede(newest.put(run.life().run(), run.life()), run.life());
    }
    onChange.forEach(listener -> listener.accept(run));
  }

  /** The id was taken again. */
  private void supersede(Life earlier, Life now) {
    if (earlier != null && !earlier.equals(now)) {
      find(earlier).ifPresent(this::forget);
    }
  }

  /** Before 2.10 that has been seen after elections under load: docs/nats.md. */
  private static RunFacts changed(RunFacts run, Fact fact, long revision) {
    Optional<Fact> known = run.inPlaceOf(fact).filter(before -> !before.equals(fact));
    if (known.isEmpty()) {
      return run;
    }
    LOG.log(
        Level.SEVERE,
        "NATS has lost a write that it had acknowledged: {0} is {1}, and was {2}",
        new Object[] {fact.key(), fact, known.get()});
    return run.instead(fact, revision);
  }

  private static Fact decide(String key, Buffer other) {
    return decode(key, other)
        .orElseThrow(() -> new IllegalStateException(key + " in NATS is no fact: purge it"));
  }

  private Future<Void> seen(Fact fact) {
    Optional<RunFacts> run = find(fact.life());
    // An end may be told before it is acknowledged, and the run be forgotten for it.
    boolean isForgotten = run.isEmpty() && !(fact instanceof Fact.Asked);
    // Of where its client is only the last is kept: what came before that does not come again.
    boolean isKnown = run.filter(known -> known.with(fact, 0) == known).isPresent();
    return isKnown || isForgotten ? Future.succeededFuture() : awaited.await(fact.key()).mapEmpty();
  }

  private static Optional<Fact> decode(String key, Buffer value) {
    try {
      return FactJson.decode(key, new JsonObject(value));
    } catch (MalformedException | DecodeException e) {
      LOG.log(
          Level.WARNING,
          "A fact in NATS is not as a hub writes it, and left out: {0}: {1}",
          new Object[] {key, e.getMessage().lines().findFirst().orElse("")});
      return Optional.empty();
    }
  }
}
