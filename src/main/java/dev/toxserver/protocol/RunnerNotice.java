package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;

/**
 * What the runner tells the server before it publishes a run's exit: nothing of the run is left.
 *
 * @param id the run that is over
 */
public record RunnerNotice(RunId id) {
  /** The JSON form. */
  public JsonObject toJson() {
    return new JsonObject().put("id", id.value());
  }

  /** Reads the JSON form. */
  public static RunnerNotice fromJson(JsonObject json) {
    return new RunnerNotice(new RunId(Fields.of(json).text("id")));
  }
}
