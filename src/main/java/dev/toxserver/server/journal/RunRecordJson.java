package dev.toxserver.server.journal;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;

/** How a {@link RunRecord} looks in its file. */
final class RunRecordJson {
  private RunRecordJson() {}

  static JsonObject encode(RunRecord run) {
    JsonObject json =
        new JsonObject()
            .put("id", run.id().value())
            .put("args", new JsonArray(run.args()))
            .put("detached", run.detached())
            .put("accepted", run.accepted())
            .put("cancelled", run.cancelled());
    run.started().ifPresent(time -> json.put("started", time));
    run.ended().ifPresent(time -> json.put("ended", time));
    run.returncode().ifPresent(code -> json.put("returncode", code));
    return json;
  }

  /**
   * Reads it as the next server does, to which a run that has not ended is lost.
   *
   * @throws MalformedException if it is not what {@link #encode} has written
   */
  static RunRecord decode(JsonObject json) {
    try {
      Integer returncode = json.getInteger("returncode");
      return new RunRecord(
              new RunId(json.getString("id")),
              json.getJsonArray("args").stream().map(String::valueOf).toList(),
              json.getBoolean("detached"),
              json.getLong("accepted"),
              Optional.ofNullable(json.getLong("started")),
              Optional.ofNullable(json.getLong("ended")),
              returncode == null ? OptionalInt.empty() : OptionalInt.of(returncode),
              json.getBoolean("cancelled"),
              false)
          .found();
    } catch (ClassCastException | NullPointerException e) {
      throw new MalformedException("body", "is no run's record");
    }
  }
}
