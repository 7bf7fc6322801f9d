package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Removes from NATS what is forgotten, and of a run that has ended the tickets that are left. Every
 * hub forgets the same runs by itself, since all go by the same rule and the same order; so nobody
 * has to be told, one of them removes, and if two do that does no harm: only facts go that were
 * known, and none of a later run of the same id. Belongs to the server's context.
 */
final class Forgetting implements Sweeper.Chore {
  private static final int AT_ONCE = 10;

  /** By then the hub that should do it has, or another would have begun to. */
  private static final int LONGEST_TICKS = 60;

  /** What is beyond stays until a hub is started, which forgets it anew. */
  private static final int MOST = 10_000;

  private final Store store;
  private final BooleanSupplier acts;
  private final Deque<Left> left = new ArrayDeque<>();
  private long ticks;

  private record Left(RunFacts run, Function<RunFacts, Future<?>> removal, long tick) {}

  /** What can be removed from. */
  interface Store {
    /** Removes all of a run that was known. */
    Future<?> remove(RunFacts run);

    /** Removes what a run has printed. */
    Future<?> removeOutput(RunFacts run);

    /** Removes what a run that has ended has waited with: that holds its variables. */
    Future<?> removeTickets(RunFacts run);

    /** That in NATS. */
    static Store of(NatsLink link) {
      return new Store() {
        @Override
        public Future<?> remove(RunFacts run) {
          return removeOutput(run)
              .compose(logs -> removeTickets(run))
              .compose(
                  tickets ->
                      purge(
                          NatsSubjects.stream(NatsSubjects.RUNS_BUCKET),
                          query(NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, run.life() + ".>"))
                              .put("seq", run.lastRevision() + 1)));
        }

        @Override
        public Future<?> removeOutput(RunFacts run) {
          return Future.join(
              run.placements().stream()
                  .map(Fact.Placed::placement)
                  .map(placement -> placement.log(run.life().run()).all())
                  .map(log -> purge(NatsSubjects.OUTPUT_STREAM, query(log)))
                  .toList());
        }

        @Override
        public Future<?> removeTickets(RunFacts run) {
          Future<?> withdrawn =
              run.notPlaced().isPresent()
                  ? new Withdrawal(link, run.asked().orElseThrow()).begin()
                  : Future.succeededFuture();
          return withdrawn.compose(
              gone -> purge(NatsSubjects.PARKED_STREAM, query(NatsSubjects.parked(run.life()))));
        }

        private Future<JsonObject> purge(String stream, JsonObject query) {
          return link.administer("STREAM.PURGE." + stream, query);
        }
      };
    }

    private static JsonObject query(String filter) {
      return new JsonObject().put("filter", filter);
    }
  }

  /**
   * Removes nothing yet.
   *
   * @param acts whether it is done by this hub
   */
  Forgetting(Facts facts, BooleanSupplier acts, Store store) {
    this.acts = acts;
    this.store = store;
    facts.onForgotten(run -> add(run, store::remove));
    facts.onChange(this::changed);
  }

  private void changed(RunFacts run) {
    boolean isParked = run.asked().filter(asked -> asked.request().retryLost()).isPresent();
    if (run.state() == RunFacts.State.ENDED && (isParked || run.notPlaced().isPresent())) {
      if (acts.getAsBoolean()) {
        remove(run, store::removeTickets);
      } else {
        add(run, store::removeTickets);
      }
    }
  }

  private void remove(RunFacts run, Function<RunFacts, Future<?>> removal) {
    removal.apply(run).onFailure(failure -> add(run, removal));
  }

  private void add(RunFacts run, Function<RunFacts, Future<?>> removal) {
    if (left.size() < MOST) {
      left.add(new Left(run, removal, ticks));
    }
  }

  @Override
  public void tick(boolean now) {
    ticks++;
    if (now) {
      for (int i = 0; i < AT_ONCE && !left.isEmpty(); i++) {
        Left next = left.poll();
        remove(next.run(), next.removal());
      }
    } else {
      while (!left.isEmpty() && left.peek().tick() < ticks - LONGEST_TICKS) {
        left.poll();
      }
    }
  }
}
