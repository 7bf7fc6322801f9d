package dev.toxserver.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** JSON on one line with blanks, as the original prints it: {@code {"cancelled": 2}}. */
final class JsonLine {
  static final String FLAG = "--json";

  private JsonLine() {}

  /** Adds the option of a command that prints an answer so. */
  static void add(CommandSpec command) {
    add(command, "Print the server's answer as one line of JSON.");
  }

  /** Adds the option of a command that prints something else so. */
  static void add(CommandSpec command, String description) {
    command.addOption(
        OptionSpec.builder(FLAG).type(boolean.class).description(description).build());
  }

  /** Whether it was given to a command that was parsed. */
  static boolean isGiven(CommandSpec command) {
    return command.commandLine().getParseResult().matchedOptionValue(FLAG, false);
  }

  static String of(JsonObject object) {
    StringJoiner line = new StringJoiner(", ", "{", "}");
    for (Map.Entry<String, Object> entry : object) {
      line.add(Json.encode(entry.getKey()) + ": " + value(entry.getValue()));
    }
    return line.toString();
  }

  private static String of(JsonArray array) {
    StringJoiner line = new StringJoiner(", ", "[", "]");
    array.forEach(element -> line.add(value(element)));
    return line.toString();
  }

  /** A time in seconds must not be printed as 1.58E9. */
  private static String value(Object value) {
    if (value instanceof JsonObject object) {
      return of(object);
    }
    if (value instanceof JsonArray array) {
      return of(array);
    }
    return value instanceof Double number
        ? new BigDecimal(number.toString()).toPlainString()
        : Json.encode(value);
  }
}
