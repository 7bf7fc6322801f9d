package dev.toxserver.agent.mcp;

import dev.toxserver.protocol.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A tool as agents are told of it. Its schema is what its arguments are checked by, too: of JSON
 * Schema it understands what tools.json uses, and no more.
 *
 * @param definition its entry there
 */
record Tool(JsonObject definition) {
  static final String EXEC = "exec";

  String name() {
    return definition.getString("name");
  }

  /** What a token must be allowed for a call of it. */
  Scope needs() {
    boolean reads =
        definition.getJsonObject("annotations", new JsonObject()).getBoolean("readOnlyHint", false);
    return reads ? Scope.READ : name().equals(EXEC) ? Scope.ALL : Scope.RUN;
  }

  private JsonObject properties() {
    return definition.getJsonObject("inputSchema").getJsonObject("properties");
  }

  /** What is wrong with the arguments of a call, in one line that says what would be right. */
  Optional<String> objection(JsonObject arguments) {
    for (Object required :
        definition.getJsonObject("inputSchema").getJsonArray("required", none())) {
      if (arguments.getValue((String) required) == null) {
        return Optional.of(required + ": is missing");
      }
    }
    for (Map.Entry<String, Object> argument : arguments) {
      JsonObject property = properties().getJsonObject(argument.getKey());
      if (property == null) {
        return Optional.of(
            "%s: %s has no such argument; it has %s"
                .formatted(
                    argument.getKey(), name(), String.join(", ", properties().fieldNames())));
      }
      if (argument.getValue() != null && !fits(argument.getValue(), property)) {
        return Optional.of(argument.getKey() + ": must be " + words(property));
      }
    }
    return Optional.empty();
  }

  private static JsonArray none() {
    return new JsonArray();
  }

  private static boolean fits(Object value, JsonObject property) {
    return switch (property.getString("type")) {
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "array" ->
          value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance);
      default ->
          value instanceof Integer number && number >= least(property) && number <= most(property);
    };
  }

  private static String words(JsonObject property) {
    return switch (property.getString("type")) {
      case "string" -> "a string";
      case "boolean" -> "true or false";
      case "array" -> "an array of strings";
      default -> "a whole number from " + least(property) + " to " + most(property);
    };
  }

  private static int least(JsonObject property) {
    return property.getInteger("minimum");
  }

  private static int most(JsonObject property) {
    return property.getInteger("maximum", Integer.MAX_VALUE);
  }
}
