package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** The one class that knows the JSON of every {@link Reply}. */
public final class ReplyJson {
  private ReplyJson() {}

  /** The body of the answer. */
  public static JsonObject encode(Reply reply) {
    if (reply instanceof Reply.Accepted accepted) {
      return new JsonObject()
          .put("id", accepted.id().value())
          .put("state", accepted.running() ? "running" : "queued")
          .put("position", accepted.position());
    }
    if (reply instanceof Reply.Cancelled cancelled) {
      return new JsonObject().put("cancelled", cancelled.count());
    }
    if (reply instanceof Reply.Pong pong) {
      return new JsonObject()
          .put("time", BigDecimal.valueOf(pong.epochMicros(), 6))
          // This ping is a task too, as it was in the original.
          .put("tasks", pong.running() + pong.queued() + 1)
          .put("running", pong.running())
          .put("queued", pong.queued())
          .put("version", pong.version())
          .put("uptime", BigDecimal.valueOf(pong.uptimeMillis(), 3));
    }
    return new JsonObject().put("status", "DONE");
  }
}
