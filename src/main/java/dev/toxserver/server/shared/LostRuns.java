package dev.toxserver.server.shared;

import dev.toxserver.nats.LogFence;
import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.LogSeek;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends runs whose runner is gone. The log decides: if its next message can be created as its end,
 * the run is lost, and a runner that lives after all finds it taken; if the runner has written that
 * message, it lives, and nothing was decided. Belongs to the server's context.
 */
final class LostRuns {
  private static final Logger LOG = Logger.getLogger(LostRuns.class.getName());

  private final Facts facts;
  private final Logs logs;
  private final Set<Life> underWay = new HashSet<>();

  /** The logs of placements. */
  interface Logs {
    /** The last message that is there, or one before it. */
    Future<Optional<LogSeek.Place>> last(NatsSubjects.Log log);

    /** As {@link LogFence#end}. */
    Future<Optional<LogMessage>> end(
        NatsSubjects.Log log, long index, long next, long after, Buffer frames);

    /** Those that are kept in NATS. */
    static Logs of(NatsLink link, String hub) {
      return new Logs() {
        private long count;

        @Override
        public Future<Optional<LogSeek.Place>> last(NatsSubjects.Log log) {
          return new LogSeek(link, log).last();
        }

        @Override
        public Future<Optional<LogMessage>> end(
            NatsSubjects.Log log, long index, long next, long after, Buffer frames) {
          return new LogFence(link, log, hub + ".lost." + count++).end(index, next, after, frames);
        }
      };
    }
  }

  LostRuns(Facts facts, Logs logs) {
    this.facts = facts;
    this.logs = logs;
  }

  /**
   * Ends a run that is placed, or has it placed once more, unless its runner writes. To be called
   * again until it has ended.
   *
   * @param why it is thought to be lost, in one line
   */
  void end(RunFacts run, String why) {
    if (underWay.add(run.life())) {
      NatsSubjects.Log log = placement(run).log(run.life().run());
      logs.last(log)
          .compose(last -> decide(run, why, last))
          .onComplete(done -> underWay.remove(run.life()));
    }
  }

  private Future<Fact> decide(RunFacts run, String why, Optional<LogSeek.Place> last) {
    if (last.filter(place -> place.message().end()).isPresent()) {
      return ended(run, why, last.get().message(), last.get().index());
    }
    long index = last.map(place -> place.index() + 1).orElse(0L);
    long next = last.map(place -> place.message().next()).orElse(placement(run).nextSeq());
    return fence(run, why, index, next);
  }

  private Future<Fact> fence(RunFacts run, String why, long index, long next) {
    RunEvent.Exit exit = lost(run, next, why);
    boolean again = isRetried(run);
    Buffer frames =
        again ? Buffer.buffer() : Frames.event(run.life().run(), RunEventJson.encode(exit));
    return logs.end(
            placement(run).log(run.life().run()), index, next, again ? next : next + 1, frames)
        .compose(
            other -> {
              if (other.isPresent()) {
                return other.get().end() ? ended(run, why, other.get(), index) : lives(run);
              }
              LOG.log(Level.WARNING, "run {0} is lost: {1}", new Object[] {run.life().run(), why});
              return again ? again(run, next, why) : end(run, exit, Optional.empty(), index);
            });
  }

  /** What the log says of its end is what has become of the run. */
  private Future<Fact> ended(RunFacts run, String why, LogMessage message, long index) {
    LogEnd told = LogEnd.of(placement(run).log(run.life().run()), message);
    if (told.exit().isEmpty() && isRetried(run)) {
      return again(run, message.next(), why);
    }
    RunEvent.Exit exit = told.exit().orElseGet(() -> lost(run, message.next(), why));
    return end(run, exit, told.results(), index);
  }

  private Future<Fact> end(
      RunFacts run, RunEvent.Exit exit, Optional<RunResults> results, long index) {
    return facts.create(
        new Fact.Ended(run.life(), run.number(), exit, results, index, System.currentTimeMillis()));
  }

  private Future<Fact> again(RunFacts run, long next, String why) {
    return facts.create(new Fact.Again(run.life(), run.number(), next, why));
  }

  private static RunEvent.Exit lost(RunFacts run, long seq, String why) {
    return RunEvent.Exit.lost(seq, run.cancel().isPresent(), "the run is lost: " + why)
        .asRetried(run.number() > 1);
  }

  private static Future<Fact> lives(RunFacts run) {
    return Future.failedFuture(run.life() + " is being written to");
  }

  /** Once, if that was wanted, and nobody has asked it to end. */
  private static boolean isRetried(RunFacts run) {
    return run.asked().orElseThrow().request().retryLost()
        && run.number() == 1
        && run.cancel().isEmpty()
        && !run.isInDoubt();
  }

  private static Placement placement(RunFacts run) {
    return run.placement().orElseThrow();
  }
}
