package dev.toxserver.nats;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Reads what a stream has, and is sure when there is nothing: a replica that says so may only be
 * behind, so the stream's leader is asked, too. Only then, since it answers in JSON, which is
 * longer than a message may be.
 */
public final class SureRead {
  /** Where a ticket's sequence stands: {@code $JS.ACK.STREAM.CONSUMER.DELIVERED.SEQUENCE…}. */
  private static final int SEQUENCE = 5;

  private SureRead() {}

  /** The body of a name's message. Fails if that can't be said now. */
  public static Future<Optional<Buffer>> last(NatsLink link, String stream, String subject) {
    JsonObject query = new JsonObject().put("last_by_subj", subject);
    return read(link, stream, link.get(stream, subject), query);
  }

  /**
   * The body of a message of a work queue; fails as above.
   *
   * @param ackTo as in {@link Pulled}, but by anybody's word: of what is none, nothing is there
   */
  public static Future<Optional<Buffer>> pulled(NatsLink link, String stream, String ackTo) {
    String[] words = ackTo.split("\\.");
    if (words.length <= SEQUENCE || !words[SEQUENCE].matches("[1-9][0-9]{0,17}")) {
      return Future.succeededFuture(Optional.empty());
    }
    long sequence = Long.parseLong(words[SEQUENCE]);
    JsonObject query = new JsonObject().put("seq", sequence);
    return read(link, stream, link.getAt(stream, sequence), query);
  }

  private static Future<Optional<Buffer>> read(
      NatsLink link, String stream, Future<Optional<Stored>> replica, JsonObject query) {
    return replica.compose(
        found ->
            found.isPresent()
                ? Future.succeededFuture(found.map(Stored::body))
                : beSure(link, stream, query));
  }

  private static Future<Optional<Buffer>> beSure(NatsLink link, String stream, JsonObject query) {
    return link.administer("STREAM.MSG.GET." + stream, query)
        .compose(
            there ->
                Future.failedFuture(
                    new NatsFailure(
                        NatsFailure.NO_ANSWER, "a replica of " + stream + " is behind")),
            NatsAnswers::ifNone);
  }
}
