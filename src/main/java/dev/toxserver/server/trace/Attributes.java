package dev.toxserver.server.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Names and values, as OTLP writes them in JSON. */
final class Attributes {
  private final JsonArray pairs = new JsonArray();

  /** Adds a text; of other objects, what they are as a text. */
  Attributes put(String name, Object value) {
    return add(name, text(value));
  }

  /** Adds a whole number: 64 bits, and so a text in JSON. */
  Attributes put(String name, int value) {
    return add(name, new JsonObject().put("intValue", Integer.toString(value)));
  }

  /** Adds a list, unless it is empty. */
  Attributes put(String name, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    JsonArray texts = new JsonArray();
    values.forEach(value -> texts.add(text(value)));
    return add(name, new JsonObject().put("arrayValue", new JsonObject().put("values", texts)));
  }

  JsonArray toJson() {
    return pairs;
  }

  private Attributes add(String name, JsonObject value) {
    pairs.add(new JsonObject().put("key", name).put("value", value));
    return this;
  }

  private static JsonObject text(Object value) {
    return new JsonObject().put("stringValue", value.toString());
  }
}
