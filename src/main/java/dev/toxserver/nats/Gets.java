package dev.toxserver.nats;

import io.nats.client.api.MessageInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Gets messages of streams, from whichever replica the servers choose. They go on choosing one that
 * is cut off until they close its route, after up to 75 s, and what it is asked is lost. So what is
 * not answered soon is asked again, likely of another, and of the stream's leader. Belongs to its
 * wire's context.
 */
final class Gets {
  private static final String API = "$JS.API.";
  private static final long SOON_MILLIS = 300;

  /** A server that is only slow is not asked much more: after 0.3 s, and after 0.9 s. */
  private static final int MOST_ASKED = 3;

  private final NatsWire wire;
  private final boolean asksLeaders;

  /**
   * By this connection.
   *
   * @param asksLeaders whether our user may ask a stream's leader
   */
  Gets(NatsWire wire, boolean asksLeaders) {
    this.wire = wire;
    this.asksLeaders = asksLeaders;
  }

  /** The message of a name. */
  Future<Optional<Stored>> last(String stream, String subject) {
    JsonObject query = new JsonObject().put("last_by_subj", subject);
    return new Get(stream, "." + subject, Buffer.buffer(), query).begin();
  }

  /** The message that a query describes. */
  Future<Optional<Stored>> find(String stream, JsonObject query) {
    return new Get(stream, "", query.toBuffer(), query).begin();
  }

  /** One, with the answers that are awaited; the first counts. */
  private final class Get {
    private final String stream;
    private final String name;
    private final Buffer body;
    private final JsonObject query;
    private final Promise<Optional<Stored>> answered = Promise.promise();
    private long leftMillis = NatsLink.ANSWER_MILLIS;
    private int asked;
    private int awaited;
    private long timer;

    Get(String stream, String name, Buffer body, JsonObject query) {
      this.stream = stream;
      this.name = name;
      this.body = body;
      this.query = query;
    }

    Future<Optional<Stored>> begin() {
      ask();
      return answered.future();
    }

    private void ask() {
      asked++;
      if (asked < MOST_ASKED) {
        timer = wire.vertx.setTimer(SOON_MILLIS * asked, soon -> askAgain());
      }
      await(
          wire.request(API + "DIRECT.GET." + stream + name, null, body, leftMillis)
              .compose(NatsAnswers::found));
    }

    private void askAgain() {
      leftMillis -= SOON_MILLIS * asked;
      if (asksLeaders && asked == 1) {
        await(askLeader());
      }
      ask();
    }

    private Future<Optional<Stored>> askLeader() {
      return wire.request(API + "STREAM.MSG.GET." + stream, null, query.toBuffer(), leftMillis)
          .compose(
              answer ->
                  NatsAnswers.of(answer)
                      .map(there -> Optional.of(Stored.of(new MessageInfo(answer, stream, false))))
                      .recover(NatsAnswers::ifNone));
    }

    private void await(Future<Optional<Stored>> answer) {
      awaited++;
      answer.onComplete(
          found -> {
            awaited--;
            if (found.succeeded()) {
              answered.tryComplete(found.result());
            } else if (awaited == 0) {
              answered.tryFail(found.cause());
            }
            if (answered.future().isComplete()) {
              wire.vertx.cancelTimer(timer);
            }
          });
    }
  }
}
