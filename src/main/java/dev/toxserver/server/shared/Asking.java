package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsFailure;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Retry;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.protocol.Work;
import dev.toxserver.server.door.RefusedException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has runs asked for: first their ticket is laid out for runners, then they exist. Whoever pulls
 * the ticket before can only wait for that. Belongs to the server's context.
 */
public final class Asking {
  private static final Logger LOG = Logger.getLogger(Asking.class.getName());
  private static final String NO_ROOM =
      "run {0}: TOX_PARKED is full; if its runner is lost, it does not begin once more";

  private static final String TOO_LONG =
      "args: with the variables, the run is longer than NATS takes";

  private static final long AGAIN_MILLIS = 200;

  /** A message of NATS may have 1 MiB, and the ticket is not all of it. */
  private static final int MOST_BYTES = 900 * 1024;

  private final NatsLink link;
  private final Facts facts;
  private final Kinds kinds;

  Asking(NatsLink link, Facts facts, Kinds kinds) {
    this.link = link;
    this.facts = facts;
    this.kinds = kinds;
  }

  /**
   * Asks for one.
   *
   * @param request with the values of its variables, which no fact has
   * @return completes when the run exists, however long the servers are away; fails with a {@link
   *     RefusedException} if there is no room for its ticket, no message is large enough for it, or
   *     somebody else was asked for a run of that id at the same moment
   */
  public Future<Void> ask(Fact.Asked asked, Request.Run request, Optional<TraceContext> trace) {
    Labels needs = request.invocation().on();
    return work(asked, request, trace)
        .compose(
            work ->
                kinds
                    .prepare(needs)
                    .compose(there -> lay(ticket(needs, work)))
                    .compose(laid -> facts.create(asked))
                    .compose(
                        decided ->
                            judge(asked, decided)
                                .onFailure(lost -> new Withdrawal(link, asked).begin()))
                    .compose(ours -> park(work)));
  }

  private static Stored ticket(Labels needs, Work work) {
    return Stored.of(NatsSubjects.work(needs, work.life().run()), work.toJson().toBuffer());
  }

  /**
   * The ticket of a run.
   *
   * @return fails with a {@link RefusedException} if no message is large enough for it
   */
  static Future<Work> work(Fact.Asked asked, Request.Run request, Optional<TraceContext> trace) {
    Work work =
        new Work(request, asked.life().generation(), asked.nonce(), trace, FactJson.encode(asked));
    if (work.toJson().toBuffer().length() > MOST_BYTES) {
      return Future.failedFuture(new RefusedException(ErrorCode.MALFORMED, TOO_LONG));
    }
    return Future.succeededFuture(work);
  }

  /**
   * Where a run that exists may have to be placed once more, its ticket is kept until its end. If
   * there is no room for that, it ends where it is lost.
   */
  Future<Void> park(Work work) {
    return work.request().retryLost()
        ? lay(Stored.of(NatsSubjects.parked(work.life()), work.toJson().toBuffer()))
            .onFailure(full -> LOG.log(Level.WARNING, NO_ROOM, work.life().run()))
            .otherwiseEmpty()
        : Future.succeededFuture();
  }

  /** Who can't know whether the ticket is there goes on: a runner may have pulled it. */
  private Future<Void> lay(Stored ticket) {
    return Retry.until(link.vertx(), AGAIN_MILLIS, () -> link.put(ticket), Asking::isFull)
        .recover(
            full ->
                Future.failedFuture(
                    new RefusedException(ErrorCode.BUSY, "the queue is full; try again later")));
  }

  /** Whether a run was refused since no message is large enough for its ticket. */
  static boolean isTooLong(Throwable failure) {
    return failure instanceof RefusedException refusal && refusal.code() == ErrorCode.MALFORMED;
  }

  private static boolean isFull(Throwable failure) {
    return failure instanceof NatsFailure refusal && refusal.isFull();
  }

  static Future<Void> judge(Fact.Asked asked, Fact decided) {
    return decided instanceof Fact.Asked stands && stands.nonce().equals(asked.nonce())
        ? Future.succeededFuture()
        : Future.failedFuture(taken(asked.life().run()));
  }

  /** Another run that has not ended has that id. */
  public static RefusedException taken(RunId id) {
    return new RefusedException(
        ErrorCode.CONFLICT, "id: " + id + " is taken by a run that has not ended");
  }
}
