package dev.toxserver.server.shared;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunResults;
import java.util.List;
import java.util.Optional;

/**
 * What the message that ends a log tells of the run.
 *
 * @param exit none if the run goes on in another log, or if that can't be read
 */
record LogEnd(Optional<RunEvent.Exit> exit, Optional<RunResults> results) {
  /** Reads it. */
  static LogEnd of(NatsSubjects.Log log, LogMessage message) {
    List<RunEvent> events = events(log, message);
    return new LogEnd(
        find(events, RunEvent.Exit.class),
        find(events, RunEvent.Results.class).map(RunEvent.Results::results));
  }

  private static List<RunEvent> events(NatsSubjects.Log log, LogMessage message) {
    try {
      return LogEvents.of(log, message).stream()
          .flatMap(body -> RunEventJson.decode(body).stream())
          .toList();
    } catch (MalformedException e) {
      return List.of();
    }
  }

  private static <T extends RunEvent> Optional<T> find(List<RunEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
