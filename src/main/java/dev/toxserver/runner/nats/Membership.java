package dev.toxserver.runner.nats;

import dev.toxserver.config.LogLevel;
import dev.toxserver.nats.Lease;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.runner.placed.Leaving;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * A runner's place among those that share a NATS server: it joins, says that it is there, learns of
 * which work there may be, and ends what runs when nobody has heard it for the grace. Belongs to
 * the link's context.
 */
final class Membership {
  private static final Logger LOG = Logger.getLogger(Membership.class.getName());

  /** What is told when it happens may be missed; so it is asked for, too. */
  private static final long JOIN_MILLIS = 10_000;

  /** Another runner may have the name that is dead, and whose silence must show first. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final long PAUSE_MILLIS = 1_000;

  private final NatsLink link;
  private final Leaving leaving;
  private final long graceMillis;
  private final HubCalls calls;
  private final Placements placements;
  private final Claims claims;
  private final Pulls pulls;
  private final long begun = System.nanoTime();
  private Optional<Lease> lease = Optional.empty();
  private long timer;
  private boolean joining;

  /** Not joined yet. */
  Membership(NatsLink link, Leaving leaving, long graceMillis) {
    this.link = link;
    this.leaving = leaving;
    this.graceMillis = graceMillis;
    this.calls = new HubCalls(link);
    RunnerAddresses addresses = new RunnerAddresses(leaving.offer().name());
    this.placements = new Placements(link, calls, addresses, this::freed);
    this.claims = new Claims(link, calls, placements, leaving.offer().goneMillis());
    this.pulls =
        new Pulls(link, this::hasRoom, pulled -> claims.take(pulled, this::hasRoom, this::freed));
    new OrderSubjects(addresses, placements, this::told).listen(link);
  }

  /** Joins, for as long as it takes. */
  void begin() {
    timer = link.vertx().setPeriodic(JOIN_MILLIS, again -> join());
    link.onReconnected(this::join);
    join();
  }

  /** Leaves when what runs has ended; when it is said again, that is cancelled. */
  void leave() {
    leaving.signalled(placements.runs(), mayCome(), () -> lease.ifPresent(Lease::tell));
  }

  /** Says that it leaves, if it has joined, and waits some seconds for that to be kept. */
  Future<Void> close() {
    link.vertx().cancelTimer(timer);
    pulls.close();
    calls.close();
    return lease
        .map(Lease::close)
        .orElseGet(Future::succeededFuture)
        .otherwiseEmpty()
        .compose(told -> link.close());
  }

  private boolean hasRoom() {
    return !placements.isEnding() && claims.taken() < leaving.offer().capacity();
  }

  private void freed() {
    pulls.check();
    leaving.check(placements.runs(), mayCome());
  }

  /** A hub may have granted it already. */
  private boolean mayCome() {
    return !claims.underWay().isEmpty();
  }

  private RunnerJoin asJoin() {
    return leaving.offer().join(placements.session(), placements.held(claims.underWay()));
  }

  private void join() {
    if (joining) {
      return;
    }
    joining = true;
    RunnerJoin join = asJoin();
    calls
        .ask(new RunnerRequest.Join(join))
        .onSuccess(
            reply -> {
              joining = false;
              boolean isOld = !join.session().equals(placements.session());
              if (reply instanceof HubReply.Refused && isOld) {
                // Asked again all the while that it was cut off: by now this is another runner.
                join();
              } else {
                answered(join.runs(), reply);
              }
            });
  }

  /** How much of a log is enough is told anew by one hub alone: by that which sees to the store. */
  private void told(HubReply news) {
    if (news instanceof HubReply.Joined joined && lease.isPresent()) {
      joined.keptBytes().ifPresent(placements::keep);
      answered(Map.of(), news);
    }
  }

  private void answered(Map<RunId, RunnerJoin.Held> asked, HubReply reply) {
    if (reply instanceof HubReply.Joined joined) {
      if (lease.isEmpty()) {
        joined();
        joined.keptBytes().ifPresent(placements::keep);
      }
      joined.over().forEach(id -> placements.abandon(id, asked.get(id).placement()));
      joined.cancelled().forEach(placements::cancel);
      pulls.of(joined.work());
    } else if (reply instanceof HubReply.Refused refused) {
      refused(refused);
    }
  }

  private void joined() {
    Offer offer = leaving.offer();
    LOG.log(
        LogLevel.NOTICE,
        "Joined as {0}, for {1} runs at once, with {2}",
        new Object[] {offer.name(), offer.capacity(), offer.labels()});
    lease =
        Optional.of(
            new Lease(
                link,
                NatsSubjects.lease(offer.name()),
                () -> asJoin().toJson().toBuffer(),
                graceMillis,
                this::lost));
  }

  private void refused(HubReply.Refused refused) {
    boolean mayChange = refused.code() == ErrorCode.CONFLICT.number() && lease.isEmpty();
    if (mayChange && System.nanoTime() - begun < PATIENCE_NANOS) {
      link.vertx().setTimer(PAUSE_MILLIS, later -> join());
    } else {
      placements.abandonAll();
      leaving.refused(refused.message());
    }
  }

  private void lost() {
    LOG.log(LogLevel.NOTICE, "NATS was away for {0} s: what runs is ended", graceMillis / 1000.0);
    placements.abandonAll();
  }
}
