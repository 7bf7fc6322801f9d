package dev.toxserver.server.journal;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Round;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResultsJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a {@link RunRecord} looks in its file. */
final class RunRecordJson {
  /** Times and numbers of events are below this; what is not would overflow when it is added to. */
  private static final long LARGEST_NUMBER = 1L << 53;

  private RunRecordJson() {}

  static JsonObject encode(RunRecord run) {
    JsonObject json =
        new JsonObject()
            .put("id", run.id().value())
            .put(program(run.invocation().exec()), new JsonArray(run.invocation().args()))
            .put("detached", run.asked().detached())
            .put("accepted", run.accepted());
    run.invocation().folder().ifPresent(folder -> json.put("folder", folder));
    if (!run.asked().env().isEmpty()) {
      json.put("env", new JsonArray(run.asked().env()));
    }
    run.asked().tree().ifPresent(tree -> json.put("tree", tree.id()));
    run.asked()
        .round()
        .ifPresent(round -> json.put("loop", round.loop().value()).put("round", round.number()));
    run.asked().cell().ifPresent(cell -> cell.writeTo(json));
    run.started().ifPresent(time -> json.put("started", time));
    run.ended().ifPresent(time -> json.put("ended", time));
    run.exit().ifPresent(exit -> json.put("exit", RunEventJson.encode(exit)));
    run.lost().ifPresent(events -> json.put("lost", events));
    run.missing().ifPresent(why -> json.put("missing", why));
    if (!run.invocation().on().isEmpty()) {
      json.put("on", new JsonArray(run.invocation().on().names()));
    }
    run.runner().ifPresent(name -> json.put("runner", name));
    run.results().ifPresent(found -> json.put("results", RunResultsJson.encode(found)));
    return json;
  }

  /**
   * Reads it.
   *
   * @throws MalformedException if it is not what {@link #encode} has written
   */
  static RunRecord decode(JsonObject json) {
    try {
      return new RunRecord(
          new RunId(json.getString("id")),
          asked(json),
          number(json, "accepted").orElseThrow(() -> malformed("accepted")),
          number(json, "started"),
          number(json, "ended"),
          exit(json),
          number(json, "lost").map(OptionalLong::of).orElse(OptionalLong.empty()),
          Optional.ofNullable(json.getString("missing")),
          Optional.ofNullable(json.getJsonObject("results")).map(RunResultsJson::decode),
          Optional.ofNullable(json.getString("runner")));
    } catch (ClassCastException | NullPointerException e) {
      throw malformed("body");
    }
  }

  private static Asked asked(JsonObject json) {
    boolean exec = json.containsKey(program(true));
    return new Asked(
        new Invocation(
            words(json.getJsonArray(program(exec))),
            Optional.ofNullable(json.getString("folder")),
            exec,
            new Labels(words(json.getJsonArray("on", new JsonArray())))),
        json.getBoolean("detached"),
        words(json.getJsonArray("env", new JsonArray())),
        Optional.ofNullable(json.getString("tree")).map(GitTree::new),
        number(json, "round")
            .map(round -> new Round(new RunId(json.getString("loop")), round.intValue())),
        Cell.in(json));
  }

  private static String program(boolean exec) {
    return exec ? "program" : "args";
  }

  private static List<String> words(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }

  private static Optional<Long> number(JsonObject json, String field) {
    Optional<Number> found = Optional.ofNullable(json.getNumber(field));
    return found.map(
        number -> {
          if (number.longValue() != number.doubleValue()
              || number.longValue() < 0
              || number.longValue() > LARGEST_NUMBER) {
            throw malformed(field);
          }
          return number.longValue();
        });
  }

  private static Optional<RunEvent.Exit> exit(JsonObject json) {
    Optional<JsonObject> found = Optional.ofNullable(json.getJsonObject("exit"));
    return found.map(
        object -> {
          number(object, "seq");
          number(object, "returncode");
          return RunEventJson.decodeExit(object);
        });
  }

  private static MalformedException malformed(String field) {
    return new MalformedException(field, "is not what a run's record has there");
  }
}
