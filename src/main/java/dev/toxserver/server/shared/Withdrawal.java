package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Takes the ticket of one run off the queue, which no runner is to pull any more: it would take the
 * place of others there, and it holds the values of variables. Another run of the same id may have
 * its ticket under the same name; that one stays. Belongs to the server's context.
 */
final class Withdrawal {
  private static final String STREAM = NatsSubjects.WORK_STREAM;

  private final NatsLink link;
  private final String name;
  private final String nonce;

  /** Of the ticket of this run. */
  Withdrawal(NatsLink link, Fact.Asked asked) {
    this.link = link;
    this.name = NatsSubjects.work(asked.request().invocation().on(), asked.life().run());
    this.nonce = asked.nonce();
  }

  /** Does it; fails if nobody answers, or a runner has pulled it at the same moment. */
  Future<Void> begin() {
    return from(1);
  }

  private Future<Void> from(long sequence) {
    return link.getFrom(STREAM, sequence, name)
        .compose(found -> found.map(this::remove).orElseGet(Future::succeededFuture));
  }

  private Future<Void> remove(Stored ticket) {
    Future<?> removed =
        ticket.body().toJsonObject().getString("nonce", "").equals(nonce)
            ? link.administer(
                "STREAM.MSG.DELETE." + STREAM, new JsonObject().put("seq", ticket.sequence()))
            : Future.succeededFuture();
    return removed.compose(done -> from(ticket.sequence() + 1));
  }
}
