package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;

/** What the server tells the runner, as JSON, so that the runner may be on another machine. */
public sealed interface RunnerOrder {

  /**
   * Start a run.
   *
   * @param nextSeq the sequence number of the first event that the runner publishes
   */
  record Start(Request.Run request, long nextSeq) implements RunnerOrder {
    /** The JSON form. */
    public JsonObject toJson() {
      return new JsonObject().put("run", RequestJson.encode(request)).put("nextSeq", nextSeq);
    }

    /** Reads the JSON form. */
    public static Start fromJson(JsonObject json) {
      Fields fields = Fields.of(json);
      return new Start(
          RequestJson.decodeRun(json.getValue("run")), fields.number("nextSeq").longValue());
    }
  }

  /** End a run. */
  record Cancel(RunId id) implements RunnerOrder {
    /** The JSON form. */
    public JsonObject toJson() {
      return new JsonObject().put("id", id.value());
    }

    /** Reads the JSON form. */
    public static Cancel fromJson(JsonObject json) {
      return new Cancel(new RunId(Fields.of(json).text("id")));
    }
  }

  /**
   * Every event of a run up to one has left the server, so the runner may publish more.
   *
   * @param seq the last event that has left
   */
  record Acknowledge(RunId id, long seq) implements RunnerOrder {
    /** The JSON form. */
    public JsonObject toJson() {
      return new JsonObject().put("id", id.value()).put("seq", seq);
    }

    /** Reads the JSON form. */
    public static Acknowledge fromJson(JsonObject json) {
      Fields fields = Fields.of(json);
      return new Acknowledge(new RunId(fields.text("id")), fields.number("seq").longValue());
    }
  }
}
