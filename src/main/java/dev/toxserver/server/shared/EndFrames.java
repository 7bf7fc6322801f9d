package dev.toxserver.server.shared;

import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the message that ends a log tells of the run.
 *
 * @param exit none if the run goes on in another log
 */
record EndFrames(Optional<RunEvent.Exit> exit, Optional<RunResults> results) {
  /** Reads it; what can't be read says nothing. */
  static EndFrames of(Buffer frames) {
    List<RunEvent> events = new ArrayList<>();
    new FrameDecoder(frames::length, payload -> read(payload).ifPresent(events::add), broken -> {})
        .handle(frames);
    return new EndFrames(
        find(events, RunEvent.Exit.class),
        find(events, RunEvent.Results.class).map(RunEvent.Results::results));
  }

  private static Optional<RunEvent> read(Buffer payload) {
    try {
      return RunEventJson.decode(payload.toJsonObject().getJsonObject("body"));
    } catch (DecodeException | MalformedException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static <T extends RunEvent> Optional<T> find(List<RunEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
