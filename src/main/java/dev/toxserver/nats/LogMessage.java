package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One message of a placement's log.
 *
 * @param first the number of its first event in the run
 * @param next the number of the event that follows its last one
 * @param end whether nothing follows in this log
 * @param frames its events as clients get them, one behind the other
 */
public record LogMessage(long first, long next, boolean end, Buffer frames) {
  /**
   * No message has more bytes of events. A server takes 1 MiB by default, headers and all, and ends
   * a connection that sends more.
   */
  public static final int MOST_BYTES = 900 * 1024;

  /** The end of a log that was deleted. */
  static final LogMessage NOTHING_LEFT = new LogMessage(0, 0, true, Buffer.buffer());

  private static final String FIRST = "tox-seq";
  private static final String NEXT = "tox-next";
  private static final String END = "tox-end";

  /**
   * What is kept there.
   *
   * @return nothing if whoever may write to the log has written something else
   */
  public static Optional<LogMessage> of(Stored stored) {
    Map<String, String> headers = stored.headers();
    try {
      long first = Long.parseLong(headers.get(FIRST));
      long next = Long.parseLong(headers.get(NEXT));
      return Optional.of(new LogMessage(first, next, headers.containsKey(END), stored.body()))
          .filter(message -> first >= 0 && next >= first);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether events can be kept at all.
   *
   * @throws IllegalArgumentException if they are more than one message has
   */
  static void requireRoom(Buffer frames) {
    if (frames.length() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "an event of %d bytes is more than a message has".formatted(frames.length()));
    }
  }

  Stored toStored(NatsSubjects.Log log, long index) {
    Map<String, String> headers = new HashMap<>();
    headers.put(FIRST, Long.toString(first));
    headers.put(NEXT, Long.toString(next));
    if (end) {
      headers.put(END, "true");
    }
    return new Stored(log.message(index), headers, frames);
  }
}
