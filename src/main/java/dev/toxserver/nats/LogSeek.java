package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Finds places in a placement's log: by some twenty gets, however long that is. Replicas that are
 * behind may answer: so what is found may be too early, and never is too late.
 */
public final class LogSeek {
  private final NatsLink link;
  private final NatsSubjects.Log log;

  /** For one log. */
  public LogSeek(NatsLink link, NatsSubjects.Log log) {
    this.link = link;
    this.log = log;
  }

  /**
   * The number of the message that has an event, or will have it. If that was deleted, the number
   * of the first that is left.
   *
   * @param seq the event's
   */
  public Future<Long> find(long seq) {
    return first().compose(first -> find(seq, first.map(Place::index).orElse(0L)));
  }

  /** The first message that is left; nothing if none is there. */
  public Future<Optional<Place>> first() {
    return at(0)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : link.first(NatsSubjects.OUTPUT_STREAM, log.all())
                        .map(left -> left.flatMap(Place::of)));
  }

  /** The last message that is there; nothing if none is. */
  public Future<Optional<Place>> last() {
    return find(Long.MAX_VALUE)
        .compose(end -> end == 0 ? Future.succeededFuture(Optional.empty()) : at(end - 1));
  }

  /**
   * Where a message is.
   *
   * @param index its number in the log
   */
  public record Place(long index, LogMessage message) {
    private static Optional<Place> of(Stored stored) {
      return LogMessage.of(stored)
          .map(message -> new Place(NatsSubjects.indexOf(stored.subject()), message));
    }
  }

  private Future<Optional<Place>> at(long index) {
    return link.get(NatsSubjects.OUTPUT_STREAM, log.message(index))
        .map(found -> found.flatMap(Place::of));
  }

  private Future<Long> find(long seq, long first) {
    return beyond(seq, first, 1).compose(most -> between(seq, first + most / 2, first + most - 1));
  }

  /** How far behind the first it is not too early: a power of two. */
  private Future<Long> beyond(long seq, long first, long distance) {
    return isAfter(seq, first + distance - 1)
        .compose(
            after -> after ? Future.succeededFuture(distance) : beyond(seq, first, 2 * distance));
  }

  /** All before the least have the event behind them; the most is not too early. */
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
    return at(index).map(found -> found.map(each -> each.message().next() > seq).orElse(true));
  }
}
