package dev.toxserver.server.shared;

import dev.toxserver.nats.LogFence;
import dev.toxserver.nats.LogMessage;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunnerRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Writes down how a run has ended, by its runner's word: first the next round of its loop, then the
 * end of its log, then the fact. Each is created once, so a hub that goes on where another has died
 * finds the same. Belongs to the server's context.
 */
public final class Endings {
  private static final String LOOP_ENDS =
      "the loop ends here: with its variables, the next round is longer than NATS takes";

  private final NatsLink link;
  private final Facts facts;
  private final String hub;
  private final Loops loops;
  private final Function<Life, Future<Boolean>> asked;
  private final Once<String, HubReply> once = new Once<>();
  private long count;

  /** Loops, as far as an ending run is of one. */
  public interface Loops {
    /** What follows a run that ends like this, if its loop goes on. */
    Optional<RunEvent.Next> next(RunFacts run, RunEvent.Exit exit);

    /**
     * Has the next round asked for; a second time finds it.
     *
     * @param env the variables of the round that ends, as its runner tells them: nothing else of it
     *     counts, or a runner could have anything run
     */
    Future<Void> ask(RunFacts run, RunEvent.Next next, Optional<Map<String, String>> env);
  }

  /**
   * For the runs that runners say have ended.
   *
   * @param asked as {@link WorkQueue#isAsked}
   */
  Endings(
      NatsLink link, Facts facts, String hub, Loops loops, Function<Life, Future<Boolean>> asked) {
    this.link = link;
    this.facts = facts;
    this.hub = hub;
    this.loops = loops;
    this.asked = asked;
  }

  /** Writes it; fails if that can't be done now. */
  Future<HubReply> ended(RunnerRequest.Ended ended) {
    Optional<RunFacts> known = facts.find(ended.life());
    if (known.isEmpty()) {
      return unknown(ended.life());
    }
    Optional<RunFacts> open = known.filter(run -> run.state() != RunFacts.State.ENDED);
    if (open.isEmpty()) {
      return done();
    }
    if (open.get().placed().isEmpty()) {
      return open.get().again().isPresent() ? done() : Future.failedFuture("it is not placed yet");
    }
    return isOf(ended).test(open.get())
        ? once.decide(ended.placement(), () -> end(ended, open.get()))
        : done();
  }

  /** Only a run that has ended is forgotten; but this hub may not have heard of it yet. */
  private Future<HubReply> unknown(Life life) {
    boolean isTakenAgain =
        facts.find(life.run()).filter(now -> isLater(now.life(), life)).isPresent();
    return isTakenAgain
        ? done()
        : asked
            .apply(life)
            .compose(exists -> exists ? Future.failedFuture("the run is not known yet") : done());
  }

  private static boolean isLater(Life life, Life than) {
    return life.generation() > than.generation();
  }

  private static Predicate<RunFacts> isOf(RunnerRequest.Ended ended) {
    return run ->
        run.placement()
            .filter(placement -> placement.runner().equals(ended.runner()))
            .filter(placement -> placement.name().equals(ended.placement()))
            .isPresent();
  }

  private Future<HubReply> end(RunnerRequest.Ended ended, RunFacts run) {
    return askNext(ended, run)
        .map(next -> ended.exit().followedBy(next).asRetried(run.number() > 1))
        .compose(exit -> endLog(ended, exit).compose(other -> write(ended, run, exit, other)));
  }

  /** Nothing follows a round of whose variables its runner tells more than any ticket takes. */
  private Future<Optional<RunEvent.Next>> askNext(RunnerRequest.Ended ended, RunFacts run) {
    Optional<RunEvent.Next> next = ended.again().flatMap(again -> loops.next(run, ended.exit()));
    return next.map(round -> loops.ask(run, round, ended.again().orElseThrow().side().env()))
        .orElseGet(Future::succeededFuture)
        .map(asked -> next)
        .recover(
            failure -> {
              if (!Asking.isTooLong(failure)) {
                return Future.failedFuture(failure);
              }
              tellLoopEnds(ended);
              return Future.succeededFuture(Optional.empty());
            });
  }

  private void tellLoopEnds(RunnerRequest.Ended ended) {
    JsonObject notice = RunEventJson.encode(new RunEvent.Notice(LOOP_ENDS));
    link.publish(
        Stored.of(NatsSubjects.note(ended.runner(), ended.life().run()), notice.toBuffer()));
  }

  private Future<Optional<LogMessage>> endLog(RunnerRequest.Ended ended, RunEvent.Exit exit) {
    return new LogFence(link, log(ended), hub + ".ended." + count++)
        .end(
            ended.index(),
            exit.seq(),
            exit.seq() + 1,
            Frames.event(ended.life().run(), RunEventJson.encode(exit)));
  }

  private static NatsSubjects.Log log(RunnerRequest.Ended ended) {
    return new NatsSubjects.Log(ended.runner(), ended.life().run(), ended.placement());
  }

  /**
   * What ends the log is what has become of the run.
   *
   * @param other what somebody else has ended it with
   */
  private Future<HubReply> write(
      RunnerRequest.Ended ended, RunFacts run, RunEvent.Exit ours, Optional<LogMessage> other) {
    Optional<RunEvent.Exit> exit =
        other.isEmpty() ? Optional.of(ours) : LogEnd.of(log(ended), other.get()).exit();
    if (exit.isEmpty()) {
      // It was given up, and is placed once more; or the runner has miscounted its own log.
      return done();
    }
    return facts
        .create(
            new Fact.Ended(
                run.life(),
                run.number(),
                exit.get(),
                ended.results().filter(found -> !exit.get().lost()),
                ended.index(),
                System.currentTimeMillis()))
        .compose(decided -> done());
  }

  private static Future<HubReply> done() {
    return Future.succeededFuture(new HubReply.Done());
  }
}
