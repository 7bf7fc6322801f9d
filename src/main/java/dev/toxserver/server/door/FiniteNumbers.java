package dev.toxserver.server.door;

import dev.toxserver.protocol.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Finds numbers that no double holds, 1e999 for one: Jackson reads them as infinite, which is no
 * JSON when it is written again, and the bridge drops such a frame without a word.
 */
final class FiniteNumbers {
  private FiniteNumbers() {}

  /**
   * Looks at all values of a frame, and those in them.
   *
   * @throws RefusedException that names the field
   */
  static void check(JsonObject frame) {
    for (Map.Entry<String, Object> field : frame) {
      check(field.getKey(), field.getValue());
    }
  }

  private static void check(String field, Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new RefusedException(
          ErrorCode.MALFORMED, field + ": must be a number from -1.7e308 to 1.7e308");
    }
    if (value instanceof JsonObject object) {
      check(object);
    } else if (value instanceof JsonArray array) {
      array.forEach(each -> check(field, each));
    }
  }
}
