package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;

/**
 * A run that a hub has placed with a runner unasked, since it waits for nobody: what {@code exec}
 * runs. Sent until it is answered.
 *
 * @param session the runner's that it is placed with; another starts nothing
 */
public record RunnerPlace(String session, Work work, HubReply.Granted granted) {
  /** The body of the order. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("session", session)
        .put("work", work.toJson())
        .put("granted", HubReplyJson.encode(granted));
  }

  /**
   * Reads it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public static RunnerPlace decode(Object body) {
    Fields fields = Fields.of(body);
    HubReply reply = HubReplyJson.decode(fields.object().getValue("granted"));
    if (!(reply instanceof HubReply.Granted granted)) {
      throw new MalformedException("granted", "is no grant");
    }
    return new RunnerPlace(
        fields.text("session"), Work.decode(fields.object().getValue("work")), granted);
  }
}
