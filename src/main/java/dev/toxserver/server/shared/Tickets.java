package dev.toxserver.server.shared;

import dev.toxserver.nats.FirstWriter;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunFacts.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sees to it that each run that waits has a ticket which runners can pull: one that was lost and
 * waits once more is given another, and one whose ticket is gone for good ends. Belongs to the
 * server's context.
 */
final class Tickets implements Sweeper.Chore {
  private static final int AT_ONCE = 20;

  /** A replica that is far behind may answer that there is none. */
  private static final int MOST_MISSES = 10;

  private final Facts facts;
  private final Waiting waiting;
  private final Work work;
  private final Map<Life, Integer> misses = new HashMap<>();
  private long looked;

  /** Where tickets are kept, and what is needed to make another. */
  interface Work {
    /** Whether a run has one, as far as the replica has come that answers. */
    Future<Boolean> isThere(RunFacts run);

    /** Makes one once more; false if nobody has what it needs. */
    Future<Boolean> makeAgain(RunFacts run);

    /** Those in NATS. */
    static Work of(NatsLink link, String hub) {
      return new Work() {
        private long count;

        @Override
        public Future<Boolean> isThere(RunFacts run) {
          return link.get(NatsSubjects.WORK_STREAM, subject(run)).map(Optional::isPresent);
        }

        @Override
        public Future<Boolean> makeAgain(RunFacts run) {
          return link.get(NatsSubjects.PARKED_STREAM, NatsSubjects.parked(run.life()))
              .compose(
                  parked ->
                      parked.isEmpty()
                          ? Future.succeededFuture(false)
                          : make(run, parked.get().body()).map(true));
        }

        private Future<Optional<Stored>> make(RunFacts run, Buffer ticket) {
          String by = hub + ".again." + count++;
          return new FirstWriter(link, NatsSubjects.WORK_STREAM, by, () -> {})
              .create(Stored.of(subject(run), ticket));
        }
      };
    }

    private static String subject(RunFacts run) {
      return NatsSubjects.work(
          run.asked().orElseThrow().request().invocation().on(), run.life().run());
    }
  }

  Tickets(Facts facts, Work work) {
    this.facts = facts;
    this.waiting = new Waiting(facts);
    this.work = work;
  }

  /** Looks at some of the runs that wait; at all of them one after the other. */
  @Override
  public void tick(boolean acts) {
    misses.keySet().removeIf(life -> facts.find(life).filter(Tickets::waits).isEmpty());
    if (acts) {
      List<RunFacts> some =
          waiting().filter(run -> run.revision() > looked).limit(AT_ONCE).toList();
      looked = some.size() < AT_ONCE ? 0 : some.get(AT_ONCE - 1).revision();
      some.forEach(run -> work.isThere(run).onSuccess(there -> looked(run, there)));
    }
  }

  private Stream<RunFacts> waiting() {
    return facts.unfinished().stream().filter(Tickets::waits);
  }

  private static boolean waits(RunFacts run) {
    return run.state() == State.QUEUED && run.cancel().isEmpty();
  }

  private void looked(RunFacts run, boolean there) {
    if (there) {
      misses.remove(run.life());
    } else if (run.number() > 1) {
      work.makeAgain(run)
          .onSuccess(
              made -> {
                if (!made) {
                  missed(run);
                }
              });
    } else {
      missed(run);
    }
  }

  private void missed(RunFacts run) {
    if (misses.merge(run.life(), 1, Integer::sum) >= MOST_MISSES) {
      misses.remove(run.life());
      waiting.hopeless(run, "the run was lost from the queue; start it again");
    }
  }
}
