package dev.toxserver.runner.nats;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Retry;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.HubReplyJson;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunnerRequest;
import dev.toxserver.protocol.RunnerRequestJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the hubs. Any of them answers, and as long as none has, it is asked again: all that is asked
 * may be asked twice. Belongs to the link's context.
 */
final class HubCalls {
  private static final Logger LOG = Logger.getLogger(HubCalls.class.getName());

  /** A hub may have to wait for the leader of a stream before it can say anything. */
  private static final long ANSWER_MILLIS = 3_000;

  private static final long PAUSE_MILLIS = 200;
  private static final long REFUSED_MILLIS = 10_000;

  private final NatsLink link;
  private boolean closed;

  HubCalls(NatsLink link) {
    this.link = link;
  }

  /** What a hub has answered; does not complete once this is closed. */
  Future<HubReply> ask(RunnerRequest request) {
    Promise<HubReply> answered = Promise.promise();
    attempt(
        Stored.of(RunnerRequestJson.subject(request), RunnerRequestJson.encode(request).toBuffer()),
        answered);
    return answered.future();
  }

  /**
   * Asks until a hub has done it. One that refuses may be of another version, and another hub does
   * it later.
   */
  Future<HubReply> insist(RunnerRequest request) {
    return Retry.until(
        link.vertx(),
        REFUSED_MILLIS,
        () -> ask(request).compose(reply -> unlessRefused(request, reply)),
        failure -> false);
  }

  private static Future<HubReply> unlessRefused(RunnerRequest request, HubReply reply) {
    if (reply instanceof HubReply.Refused refused) {
      LOG.log(
          Level.WARNING,
          "{0}: a hub refuses it, and is asked again: {1}",
          new Object[] {RunnerRequestJson.subject(request), refused.message()});
      return Future.failedFuture(refused.message());
    }
    return Future.succeededFuture(reply);
  }

  /** Asks no longer. */
  void close() {
    closed = true;
  }

  private void attempt(Stored question, Promise<HubReply> answered) {
    if (!closed) {
      link.request(question, ANSWER_MILLIS)
          .map(answer -> HubReplyJson.decode(answer.body().toJsonObject()))
          .onSuccess(answered::complete)
          .onFailure(failure -> again(question, answered, failure));
    }
  }

  private void again(Stored question, Promise<HubReply> answered, Throwable failure) {
    boolean senseless =
        failure instanceof MalformedException
            || failure instanceof DecodeException
            || failure instanceof ClassCastException;
    LOG.log(
        senseless ? Level.WARNING : Level.FINE,
        "{0}: {1}",
        new Object[] {question.subject(), failure.getMessage()});
    link.vertx().setTimer(PAUSE_MILLIS, later -> attempt(question, answered));
  }
}
