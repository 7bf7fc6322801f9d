package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The one class that knows the JSON of every {@link Reply}. */
public final class ReplyJson {
  private ReplyJson() {}

  /** The body of the answer. */
  public static JsonObject encode(Reply reply) {
    if (reply instanceof Reply.Accepted accepted) {
      JsonObject answer =
          new JsonObject()
              .put("id", accepted.id().value())
              .put("state", accepted.running() ? "running" : "queued")
              .put("position", accepted.position());
      accepted.usual().ifPresent(usual -> answer.put("usual", encode(usual)));
      return answer;
    }
    if (reply instanceof Reply.InputTaken taken) {
      return new JsonObject().put("offset", taken.offset());
    }
    if (reply instanceof Reply.Cancelled cancelled) {
      return new JsonObject().put("cancelled", cancelled.count());
    }
    if (reply instanceof Reply.Pong pong) {
      JsonObject answer =
          new JsonObject()
              .put("time", BigDecimal.valueOf(pong.epochMicros(), 6))
              // This ping is a task too, as it was in the original.
              .put("tasks", pong.running() + pong.queued() + 1)
              .put("running", pong.running())
              .put("queued", pong.queued())
              .put("version", pong.version())
              .put("uptime", BigDecimal.valueOf(pong.uptimeMillis(), 3));
      pong.page()
          .map(page -> new JsonObject().put("port", page.port()).put("tls", page.tls()))
          .ifPresent(page -> answer.put("http", page));
      pong.may().ifPresent(scope -> answer.put("may", scope.wireName()));
      return answer;
    }
    if (reply instanceof Reply.Attached attached) {
      JsonObject answer =
          new JsonObject()
              .put("id", attached.id().value())
              .put("state", attached.state().wireName())
              .put("from", attached.from())
              .put("next", attached.next());
      attached.hold().ifPresent(hold -> answer.put("hold", hold));
      attached.loop().ifPresent(loop -> answer.put("loop", loop.value()));
      return answer;
    }
    if (reply instanceof Reply.Status status) {
      JsonArray runs = new JsonArray();
      status.runs().forEach(run -> runs.add(encode(run)));
      return new JsonObject().put("runs", runs).put("complete", status.complete());
    }
    if (reply instanceof Reply.Results results) {
      return new JsonObject()
          .put("id", results.id().value())
          .put("state", results.state().wireName())
          .mergeIn(RunResultsJson.encode(results.results()));
    }
    if (reply instanceof TokenReply token) {
      return TokenJson.encode(token);
    }
    if (reply instanceof Reply.Runners runners) {
      return new JsonObject().put("runners", RunnerStatus.toJson(runners.runners()));
    }
    if (reply instanceof Reply.Acknowledged || reply instanceof Reply.Resized) {
      return new JsonObject();
    }
    return new JsonObject().put("status", "DONE");
  }

  /** One run of a status. */
  public static JsonObject encode(RunStatus run) {
    JsonObject object =
        new JsonObject()
            .put("id", run.id().value())
            .put("args", new JsonArray(run.args()))
            .put("state", run.state().wireName())
            .put("detached", run.detached())
            .put("accepted", BigDecimal.valueOf(run.acceptedMillis(), 3))
            .put("age", BigDecimal.valueOf(run.ageMillis(), 3));
    if (run.exec()) {
      object.put("exec", true);
    }
    if (run.state() == RunState.QUEUED) {
      object.put("position", run.position());
    }
    run.durationMillis().ifPresent(millis -> object.put("duration", BigDecimal.valueOf(millis, 3)));
    run.returncode().ifPresent(code -> object.put("returncode", code));
    run.usual().ifPresent(usual -> object.put("usual", encode(usual)));
    run.tree().ifPresent(tree -> object.put("tree", tree.id()));
    run.round()
        .ifPresent(round -> object.put("loop", round.loop().value()).put("round", round.number()));
    run.runner().ifPresent(name -> object.put("runner", name));
    run.cell().ifPresent(cell -> cell.writeTo(object));
    if (run.keysAwaited()) {
      object.put("waiting", true);
    }
    return object;
  }

  /**
   * Reads the answer to an attach.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.Attached decodeAttached(Object body) {
    Fields fields = Fields.of(body);
    return new Reply.Attached(
        new RunId(fields.text("id")),
        RunState.fromWire(fields.text("state")),
        fields.count("from"),
        fields.has("next") ? fields.count("next") : 0,
        fields.has("hold") ? Optional.of(fields.count("hold")) : Optional.empty(),
        fields.optionalText("loop").map(RunId::new));
  }

  /**
   * What the answer to a {@code tox.attach} says that the answer to the {@code tox.run} had said.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static JsonObject foundAgain(JsonObject body) {
    Reply.Attached attached = decodeAttached(body);
    return new JsonObject()
        .put("id", attached.id().value())
        .put("state", attached.state().wireName());
  }

  /**
   * Reads the answer to an input.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.InputTaken decodeInputTaken(Object body) {
    return new Reply.InputTaken(Fields.of(body).count("offset"));
  }

  /**
   * How long the run usually takes, if the answer to a {@code tox.run} says it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Optional<Usual> decodeUsual(JsonObject accepted) {
    if (accepted.getValue("usual") == null) {
      return Optional.empty();
    }
    Fields usual = Fields.of(accepted.getValue("usual"));
    return Optional.of(new Usual(usual.millis("duration"), usual.smallCount("runs")));
  }

  private static JsonObject encode(Usual usual) {
    return new JsonObject()
        .put("duration", BigDecimal.valueOf(usual.millis(), 3))
        .put("runs", usual.runs());
  }

  /**
   * Where the server has a page, if the answer to a {@code tox.ping} says it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Optional<Reply.Page> decodePage(Object body) {
    Fields fields = Fields.of(body);
    if (!fields.has("http")) {
      return Optional.empty();
    }
    Fields page = fields.nested("http");
    return Optional.of(new Reply.Page(page.smallCount("port"), page.flag("tls", false)));
  }

  /**
   * Reads the body of a status.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.Status decodeStatus(Object body) {
    Fields fields = Fields.of(body);
    List<RunStatus> runs = new ArrayList<>();
    for (Object run : fields.array("runs")) {
      runs.add(decodeRun(Fields.of(run)));
    }
    return new Reply.Status(runs, fields.flag("complete", true));
  }

  /**
   * Reads the answer to a {@code tox.cancel}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.Cancelled decodeCancelled(Object body) {
    return new Reply.Cancelled(Fields.of(body).smallCount("cancelled"));
  }

  /**
   * Reads the answer to a {@code tox.results}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.Results decodeResults(Object body) {
    Fields fields = Fields.of(body);
    return new Reply.Results(
        new RunId(fields.text("id")),
        RunState.fromWire(fields.text("state")),
        RunResultsJson.decode(body));
  }

  /**
   * Reads the answer to a {@code tox.runners}.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static Reply.Runners decodeRunners(Object body) {
    return new Reply.Runners(
        Fields.of(body).array("runners").stream().map(RunnerStatus::decode).toList());
  }

  private static RunStatus decodeRun(Fields run) {
    return new RunStatus(
        new RunId(run.text("id")),
        run.words("args"),
        RunState.fromWire(run.text("state")),
        run.has("position") ? run.number("position").intValue() : 0,
        run.millis("accepted"),
        run.millis("age"),
        run.optionalMillis("duration"),
        run.has("returncode")
            ? OptionalInt.of(run.number("returncode").intValue())
            : OptionalInt.empty(),
        run.flag("detached", false),
        run.flag("exec", false),
        decodeUsual(run.object()),
        run.tree(),
        run.optionalText("loop")
            .map(RunId::new)
            .map(loop -> new Round(loop, run.smallCount("round"))),
        run.optionalText("runner"),
        Cell.in(run.object()),
        run.flag("waiting", false));
  }
}
