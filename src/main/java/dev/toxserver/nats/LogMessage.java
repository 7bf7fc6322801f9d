package dev.toxserver.nats;

import dev.toxserver.protocol.NatsSubjects;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * One message of a placement's log.
 *
 * @param first the number of its first event in the run
 * @param next the number of the event that follows its last one
 * @param end whether nothing follows in this log
 * @param frames its events as clients get them, one behind the other
 */
public record LogMessage(long first, long next, boolean end, Buffer frames) {
  private static final String FIRST = "tox-seq";
  private static final String NEXT = "tox-next";
  private static final String END = "tox-end";

  static LogMessage of(Stored stored) {
    Map<String, String> headers = stored.headers();
    return new LogMessage(
        Long.parseLong(headers.get(FIRST)),
        Long.parseLong(headers.get(NEXT)),
        headers.containsKey(END),
        stored.body());
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
