package dev.toxserver.server.journal;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.Stream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One event as it is kept in a file: output as the bytes that tox wrote, three quarters of their
 * JSON.
 *
 * @param seq the event's place in the run
 * @param kind what the payload is
 * @param payload not copied: nobody writes to it
 */
record Entry(long seq, Kind kind, byte[] payload) {
  /** What an entry costs in memory beside its payload, roughly. */
  private static final int OVERHEAD = 96;

  /** The order is that of the numbers in the files. */
  enum Kind {
    JSON,
    STDOUT,
    STDERR
  }

  /** What is kept of an event, which is one of a run's sequence. */
  static Entry of(JsonObject body) {
    RunEvent event = RunEventJson.decode(body).orElseThrow();
    if (event instanceof RunEvent.Output output) {
      Kind kind = output.stream() == Stream.STDOUT ? Kind.STDOUT : Kind.STDERR;
      return new Entry(output.seq(), kind, output.data());
    }
    return new Entry(RunEventJson.seqOf(body).orElseThrow(), Kind.JSON, body.toBuffer().getBytes());
  }

  /** The event's JSON, as it was published; nothing if it is damaged. */
  Optional<JsonObject> body() {
    return switch (kind) {
      case JSON -> text();
      case STDOUT -> Optional.of(output(Stream.STDOUT));
      case STDERR -> Optional.of(output(Stream.STDERR));
    };
  }

  /** The run's last event, if it is that. */
  Optional<RunEvent.Exit> exit() {
    return kind == Kind.JSON
        ? text()
            .flatMap(RunEventJson::decode)
            .filter(RunEvent.Exit.class::isInstance)
            .map(RunEvent.Exit.class::cast)
        : Optional.empty();
  }

  private JsonObject output(Stream stream) {
    return RunEventJson.encode(new RunEvent.Output(seq, stream, payload));
  }

  private Optional<JsonObject> text() {
    try {
      JsonObject text = new JsonObject(Buffer.buffer(payload));
      RunEventJson.decode(text);
      return Optional.of(text)
          .filter(body -> RunEventJson.seqOf(body).equals(OptionalLong.of(seq)));
    } catch (DecodeException | MalformedException | ClassCastException e) {
      return Optional.empty();
    }
  }

  int cost() {
    return payload.length + OVERHEAD;
  }
}
