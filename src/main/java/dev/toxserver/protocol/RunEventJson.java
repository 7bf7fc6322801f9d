package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one class that knows the JSON of every {@link RunEvent}; {@link OutputFrame} knows how the
 * most frequent of them reads as text.
 */
public final class RunEventJson {
  /** A JSON object with its fields, without what they hold. */
  private static final int OBJECT_BYTES = 512;

  private static final String KEYS_AWAITED = "waiting";

  private static final String POSITION = "position";

  private static final List<String> OF_OTHERS = List.of("behind", "next", "loop");

  private RunEventJson() {}

  /** The body to publish on the run's output address. */
  public static JsonObject encode(RunEvent event) {
    JsonObject body = new JsonObject();
    if (event instanceof RunEvent.Sequenced sequenced) {
      body.put("seq", sequenced.seq());
    }
    if (event instanceof RunEvent.Queued queued) {
      write(queued.place(), body.put("type", "queued"));
    } else if (event instanceof RunEvent.Started started) {
      body.put("type", "started")
          .put("pid", started.pid())
          .put("command", new JsonArray(started.command()));
      started.terminal().ifPresent(size -> body.put("terminal", size.writeTo(new JsonObject())));
      started.runner().ifPresent(name -> body.put("runner", name.value()));
    } else if (event instanceof RunEvent.Output output) {
      body.put("type", "output")
          .put("stream", output.stream().wireName())
          .put("data", Fields.base64(output.data()));
    } else if (event instanceof RunEvent.Heartbeat heartbeat) {
      body.put("type", "heartbeat").put("state", heartbeat.state());
      heartbeat.place().ifPresent(place -> write(place, body));
    } else if (event instanceof RunEvent.KeysAwaited) {
      body.put("type", KEYS_AWAITED);
    } else if (event instanceof RunEvent.Results results) {
      body.put("type", "results").mergeIn(RunResultsJson.encode(results.results()));
    } else if (event instanceof RunEvent.Exit exit) {
      body.put("type", "exit")
          .put("returncode", exit.returncode())
          .put("cancelled", exit.cancelled());
      exit.durationMillis()
          .ifPresent(millis -> body.put("duration", BigDecimal.valueOf(millis, 3)));
      exit.error().ifPresent(error -> body.put("error", error));
      exit.next()
          .ifPresent(next -> body.put("next", next.run().value()).put("loop", next.loop().value()));
      if (exit.lost()) {
        body.put("lost", true);
      }
      if (exit.retried()) {
        body.put("retried", true);
      }
    } else if (event instanceof RunEvent.Hole hole) {
      body.put("type", "hole").put("from", hole.from()).put("to", hole.to());
      hole.reason().ifPresent(reason -> body.put("reason", reason));
    } else if (event instanceof RunEvent.Notice notice) {
      body.put("type", "notice").put("message", notice.message());
    } else if (event instanceof RunEvent.Taken) {
      body.put("type", "taken");
    } else if (event instanceof RunEvent.Leaving) {
      body.put("type", "leaving");
    } else if (event instanceof RunEvent.Lost) {
      body.put("type", "lost");
    } else if (event instanceof RunEvent.End) {
      body.put("type", "end");
    }
    return body;
  }

  /**
   * Reads an event.
   *
   * @return nothing for a type without a place in the sequence that this version does not know
   * @throws MalformedException naming the field that is wrong
   */
  public static Optional<RunEvent> decode(Object body) {
    Fields fields = Fields.of(body);
    return Optional.ofNullable(
        switch (fields.text("type")) {
          case "queued" -> new RunEvent.Queued(seq(fields), position(fields), predecessor(fields));
          case "started" ->
              new RunEvent.Started(
                  seq(fields),
                  fields.number("pid").longValue(),
                  fields.words("command"),
                  terminal(fields),
                  fields.optionalText("runner").map(RunnerName::new));
          case "output" ->
              new RunEvent.Output(
                  seq(fields), Stream.fromWire(fields.text("stream")), fields.bytes("data"));
          case "heartbeat" -> new RunEvent.Heartbeat(fields.text("state"), place(fields));
          case KEYS_AWAITED -> new RunEvent.KeysAwaited(seq(fields));
          case "results" -> new RunEvent.Results(seq(fields), RunResultsJson.decode(body));
          case "exit" ->
              new RunEvent.Exit(
                  seq(fields),
                  returncode(fields.number("returncode").longValue()),
                  Boolean.TRUE.equals(fields.object().getValue("cancelled")),
                  fields.optionalMillis("duration"),
                  fields.optionalText("error"),
                  next(fields),
                  fields.flag("lost", false),
                  fields.flag("retried", false));
          case "hole" ->
              new RunEvent.Hole(
                  fields.count("from"), fields.count("to"), fields.optionalText("reason"));
          case "notice" -> new RunEvent.Notice(fields.text("message"));
          case "taken" -> new RunEvent.Taken();
          case "leaving" -> new RunEvent.Leaving();
          case "lost" -> new RunEvent.Lost();
          case "end" -> new RunEvent.End();
          default -> fields.has("seq") ? new RunEvent.Unknown(seq(fields)) : null;
        });
  }

  /**
   * Reads a run's last event.
   *
   * @throws MalformedException naming the field that is wrong: {@code exit} if it is another event
   */
  public static RunEvent.Exit decodeExit(Object body) {
    if (decode(body).orElse(null) instanceof RunEvent.Exit exit) {
      return exit;
    }
    throw new MalformedException("exit", "is no exit");
  }

  /** The place of an encoded event in its run's sequence; empty for a heartbeat, which has none. */
  public static OptionalLong seqOf(JsonObject body) {
    return body.getValue("seq") instanceof Number seq
        ? OptionalLong.of(seq.longValue())
        : OptionalLong.empty();
  }

  /** Roughly the bytes that an encoded event takes in memory. */
  public static int weight(JsonObject body) {
    int payload =
        body.getValue("data") instanceof String data ? data.length() : body.encode().length();
    return OBJECT_BYTES + payload;
  }

  /** Whether an encoded event says what came of the run: its results, or its exit. */
  public static boolean isOutcome(JsonObject body) {
    return isExit(body) || "results".equals(body.getValue("type"));
  }

  /** Whether an encoded event says that the server is to be left. */
  public static boolean isLeaving(JsonObject body) {
    return "leaving".equals(body.getValue("type"));
  }

  /** Whether an encoded event says that the program waits for keys. */
  public static boolean isKeysAwaited(JsonObject body) {
    return KEYS_AWAITED.equals(body.getValue("type"));
  }

  /** Whether an encoded event says that the program runs. */
  public static boolean isStarted(JsonObject body) {
    return "started".equals(body.getValue("type"));
  }

  /** Whether an encoded event is a notice. */
  public static boolean isNotice(JsonObject body) {
    return "notice".equals(body.getValue("type"));
  }

  /**
   * An encoded event without what it tells of other runs: the one before it in the queue, and the
   * next of its loop.
   */
  public static JsonObject alone(JsonObject body) {
    if (OF_OTHERS.stream().noneMatch(body::containsKey)) {
      return body;
    }
    JsonObject rest = body.copy();
    OF_OTHERS.forEach(rest::remove);
    return rest;
  }

  /** Whether an encoded event is the run's last. */
  public static boolean isExit(JsonObject body) {
    return "exit".equals(body.getValue("type"));
  }

  private static void write(RunEvent.Place place, JsonObject body) {
    body.put(POSITION, place.position());
    place.behind().ifPresent(run -> body.put("behind", encode(run)));
  }

  private static Optional<RunEvent.Place> place(Fields heartbeat) {
    return heartbeat.has(POSITION)
        ? Optional.of(new RunEvent.Place(position(heartbeat), predecessor(heartbeat)))
        : Optional.empty();
  }

  private static int position(Fields fields) {
    return fields.number(POSITION).intValue();
  }

  private static JsonObject encode(RunEvent.Predecessor run) {
    return new JsonObject().put("id", run.id().value()).put("args", new JsonArray(run.args()));
  }

  private static Optional<TerminalSize> terminal(Fields started) {
    return started.has("terminal")
        ? Optional.of(TerminalSize.of(Fields.of(started.object().getValue("terminal"))))
        : Optional.empty();
  }

  private static Optional<RunEvent.Predecessor> predecessor(Fields queued) {
    if (!queued.has("behind")) {
      return Optional.empty();
    }
    Fields run = Fields.of(queued.object().getValue("behind"));
    return Optional.of(new RunEvent.Predecessor(new RunId(run.text("id")), run.words("args")));
  }

  private static Optional<RunEvent.Next> next(Fields exit) {
    return exit.optionalText("next")
        .map(
            run ->
                new RunEvent.Next(
                    new RunId(run), new RunId(exit.optionalText("loop").orElse(run))));
  }

  private static long seq(Fields fields) {
    return fields.number("seq").longValue();
  }

  /**
   * What no process can leave with would be cut to its last eight bits, and 256 would pass for 0.
   */
  private static int returncode(long number) {
    if (number < 0 || number > 255) {
      throw new MalformedException("returncode", "must be from 0 to 255");
    }
    return (int) number;
  }
}
