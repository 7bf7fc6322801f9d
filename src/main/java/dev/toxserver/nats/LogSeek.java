package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;

/** Finds an event in a placement's log: by some twenty gets, however long that is. */
public final class LogSeek {
  private final NatsLink link;
  private final NatsSubjects.Log log;

  /** For one log. */
  public LogSeek(NatsLink link, NatsSubjects.Log log) {
    this.link = link;
    this.log = log;
  }

  /**
   * The number of the message that has an event, or will have it.
   *
   * @param seq the event's
   */
  public Future<Long> find(long seq) {
    return beyond(seq, 1).compose(most -> between(seq, most / 2, most));
  }

  /** A number that is not too small: of a power of two. */
  private Future<Long> beyond(long seq, long index) {
    return isAfter(seq, index - 1)
        .compose(after -> after ? Future.succeededFuture(index) : beyond(seq, 2 * index));
  }

  /** All before the least have the event behind them; none before the most has to be looked at. */
  private Future<Long> between(long seq, long least, long most) {
    if (least >= most) {
      return Future.succeededFuture(least);
    }
    long middle = least + (most - least) / 2;
    return isAfter(seq, middle)
        .compose(after -> after ? between(seq, least, middle) : between(seq, middle + 1, most));
  }

  /** Whether a message has the event, comes behind it, or is not there yet. */
  private Future<Boolean> isAfter(long seq, long index) {
    return link.get(NatsSubjects.OUTPUT_STREAM, log.message(index))
        .map(found -> found.map(LogMessage::of).map(each -> each.next() > seq).orElse(true));
  }
}
