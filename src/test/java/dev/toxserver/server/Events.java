package dev.toxserver.server;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** What a run's events say, as clients get them. */
final class Events {
  private Events() {}

  static JsonObject last(List<JsonObject> events) {
    return events.get(events.size() - 1);
  }

  /** All that was printed. */
  static String text(List<JsonObject> events) {
    return events.stream().map(Events::text).collect(Collectors.joining());
  }

  /** What was printed in one of them; nothing if it is no output. */
  static String text(JsonObject event) {
    return event.getString("type").equals("output")
        ? new String(Base64.getDecoder().decode(event.getString("data")), StandardCharsets.UTF_8)
        : "";
  }
}
