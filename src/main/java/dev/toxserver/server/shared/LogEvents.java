package dev.toxserver.server.shared;

import dev.toxserver.nats.LogMessage;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that a log's messages hold, as they are published on the run's address: only of its
 * run, in order, and only what a runner has to say, since each runner may write to its own logs.
 */
final class LogEvents {
  private LogEvents() {}

  /**
   * A message's events.
   *
   * @throws MalformedException if it holds anything else
   */
  static List<JsonObject> of(NatsSubjects.Log log, LogMessage message) {
    List<JsonObject> events = new ArrayList<>();
    Buffer frames = message.frames();
    int position = 0;
    while (position < frames.length()) {
      Buffer payload = payload(frames, position);
      JsonObject event = event(log, payload, message.end());
      if (event.getLong("seq") != message.first() + events.size()) {
        throw new MalformedException("seq", "is not that of the next event");
      }
      events.add(event);
      position += Frames.LENGTH_BYTES + payload.length();
    }
    if (message.first() + events.size() != message.next()) {
      throw new MalformedException("seq", "is that of an event which is not there");
    }
    return events;
  }

  private static Buffer payload(Buffer frames, int position) {
    int start = position + Frames.LENGTH_BYTES;
    int length = start <= frames.length() ? frames.getInt(position) : -1;
    if (length <= 0 || length > frames.length() - start) {
      throw new MalformedException("length", "is not that of a frame");
    }
    return frames.slice(start, start + length);
  }

  private static JsonObject event(NatsSubjects.Log log, Buffer payload, boolean end) {
    return OutputFrame.read(payload)
        .map(
            output -> {
              requireSameRun(log, output.run().value());
              return output.event();
            })
        .orElseGet(() -> other(log, payload, end));
  }

  private static JsonObject other(NatsSubjects.Log log, Buffer payload, boolean end) {
    try {
      JsonObject frame = new JsonObject(payload);
      requireSameRun(log, Addresses.runOf(frame.getString("address", "")).value());
      RunEvent event = RunEventJson.decode(frame.getValue("body")).orElseThrow(LogEvents::noEvent);
      if (event instanceof RunEvent.Started started) {
        return RunEventJson.encode(started.on(log.runner()));
      }
      boolean runners =
          event instanceof RunEvent.Output
              || event instanceof RunEvent.KeysAwaited
              || event instanceof RunEvent.Results;
      if (runners || (end && event instanceof RunEvent.Exit)) {
        return RunEventJson.encode(event);
      }
      throw noEvent();
    } catch (DecodeException | ClassCastException e) {
      throw new MalformedException("frame", "is not JSON");
    }
  }

  private static void requireSameRun(NatsSubjects.Log log, String run) {
    if (!log.run().value().equals(run)) {
      throw new MalformedException("address", "is another run's");
    }
  }

  private static MalformedException noEvent() {
    return new MalformedException("type", "is none of a runner's events");
  }
}
