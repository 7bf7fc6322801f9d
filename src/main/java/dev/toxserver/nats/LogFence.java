package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Ends a placement's log, as a hub does by the runner's word, or since it has given the runner up.
 * What the runner would write after that is refused. Belongs to its link's context.
 */
public final class LogFence {
  private final NatsSubjects.Log log;
  private final FirstWriter writer;

  /**
   * For one log.
   *
   * @param by the hub's name, which no other has
   */
  public LogFence(NatsLink link, NatsSubjects.Log log, String by) {
    this.log = log;
    this.writer = new FirstWriter(link, NatsSubjects.OUTPUT_STREAM, by, () -> {});
  }

  /**
   * Ends it, unless somebody is faster.
   *
   * @param index the number of the log's next message
   * @param next the number of the run's next event
   * @param after the number of the event that would follow the end
   * @param frames the events of the end, if it has some
   * @return what stands there in place of the end: the runner lives, or another hub has ended it
   * @throws IllegalArgumentException if the frames have more than {@link LogMessage#MOST_BYTES}
   */
  public Future<Optional<LogMessage>> end(long index, long next, long after, Buffer frames) {
    LogMessage.requireRoom(frames);
    return writer
        .create(new LogMessage(next, after, true, frames).toStored(log, index))
        .map(other -> other.flatMap(LogMessage::of));
  }
}
