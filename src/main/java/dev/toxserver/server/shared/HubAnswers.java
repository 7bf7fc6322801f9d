package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.RunnerRequestJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;

/** Answers what runners ask of any hub. What can't be decided now is asked again. */
final class HubAnswers {
  private static final String HUBS = "hubs";

  private final Joins joins;
  private final Grants grants;
  private final Endings endings;
  private final Trims trims;

  HubAnswers(Joins joins, Grants grants, Endings endings, Trims trims) {
    this.joins = joins;
    this.grants = grants;
    this.endings = endings;
    this.trims = trims;
  }

  /**
   * Answers from now on.
   *
   * @return ends that
   */
  Runnable serve(NatsLink link) {
    return link.answer(
        RunnerRequestJson.ALL,
        HUBS,
        subject -> NatsLink.inboxes(RunnerRequestJson.runner(subject)),
        this::answer);
  }

  private Future<Buffer> answer(Stored asked) {
    Future<HubReply> reply;
    try {
      reply = reply(RunnerRequestJson.decode(asked.subject(), asked.body().toJsonObject()));
    } catch (MalformedException | DecodeException | ClassCastException e) {
      reply = Future.succeededFuture(refusal(e));
    }
    return reply
        .recover(
            failure ->
                failure instanceof MalformedException
                    ? Future.succeededFuture(refusal(failure))
                    : Future.failedFuture(failure))
        .map(each -> HubReplyJson.encode(each).toBuffer());
  }

  private static HubReply refusal(Throwable failure) {
    return new HubReply.Refused(ErrorCode.MALFORMED.number(), failure.getMessage());
  }

  private Future<HubReply> reply(RunnerRequest request) {
    if (request instanceof RunnerRequest.Join join) {
      return joins.join(join.join());
    }
    if (request instanceof RunnerRequest.Claim claim) {
      return grants.claim(claim);
    }
    if (request instanceof RunnerRequest.Ended ended) {
      return endings.ended(ended);
    }
    return trims.trim((RunnerRequest.Trim) request);
  }
}
