package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * One runner, as a server tells of it.
 *
 * @param state what it does now
 * @param capacity how many runs of tox it takes at once
 * @param busy how many it has
 * @param address where it has connected from
 */
public record RunnerStatus(
    String name,
    State state,
    Labels labels,
    int capacity,
    int busy,
    String address,
    String version) {
  /** What a runner does. */
  public enum State {
    /** It has no run. */
    IDLE,
    /** It has runs. */
    BUSY,
    /** It takes no more runs, and leaves when it has none. */
    LEAVING,
    /** Its connection has broken, and it is expected back. */
    AWAY;

    /** The state's name in the contract. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("name", name)
        .put("state", state.wireName())
        .put("labels", labels.toJson())
        .put("capacity", capacity)
        .put("busy", busy)
        .put("address", address)
        .put("version", version);
  }

  static RunnerStatus decode(Object body) {
    Fields fields = Fields.of(body);
    return new RunnerStatus(
        fields.text("name"),
        state(fields.text("state")),
        Labels.of(fields, "labels"),
        (int) fields.count("capacity"),
        (int) fields.count("busy"),
        fields.text("address"),
        fields.text("version"));
  }

  static JsonArray toJson(Iterable<RunnerStatus> runners) {
    JsonArray array = new JsonArray();
    runners.forEach(runner -> array.add(runner.toJson()));
    return array;
  }

  private static State state(String name) {
    for (State state : State.values()) {
      if (state.wireName().equals(name)) {
        return state;
      }
    }
    throw new MalformedException("state", "is unknown: " + name);
  }
}
