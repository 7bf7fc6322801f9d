package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Deletes the beginning of a placement's log, as a hub does when the log is longer than is to be
 * kept. A purge would look through all that the stream has; so each message is deleted by its
 * number in the stream, which only the message under this log's name tells: whoever asks for it, no
 * other log is touched. Belongs to its link's context.
 */
public final class LogTrim {
  private static final String DELETE = "STREAM.MSG.DELETE." + NatsSubjects.OUTPUT_STREAM;

  private final NatsLink link;
  private final NatsSubjects.Log log;

  /** For one log. */
  public LogTrim(NatsLink link, NatsSubjects.Log log) {
    this.link = link;
    this.log = log;
  }

  /**
   * Deletes messages one by one; those that have gone are passed over.
   *
   * @param from the number of the first
   * @param below the number of the first that stays
   * @return fails if nobody answers: some may be deleted, and it may be asked for again
   */
  public Future<Void> delete(long from, long below) {
    Promise<Void> done = Promise.promise();
    delete(from, below, done);
    return done.future();
  }

  /** Not one future in the other: a long log would end in a deep stack. */
  private void delete(long from, long below, Promise<Void> done) {
    if (from >= below) {
      done.complete();
      return;
    }
    link.get(NatsSubjects.OUTPUT_STREAM, log.message(from))
        .compose(this::delete)
        .onSuccess(deleted -> delete(from + 1, below, done))
        .onFailure(done::fail);
  }

  private Future<Void> delete(Optional<Stored> message) {
    return message
        .map(found -> new JsonObject().put("seq", found.sequence()).put("no_erase", true))
        .map(found -> link.administer(DELETE, found).<Void>mapEmpty())
        .orElse(Future.succeededFuture());
  }
}
