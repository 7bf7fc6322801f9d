package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the fields of an object from the network; each error names the field that is wrong. */
record Fields(JsonObject object) {

  static Fields of(Object body) {
    if (body instanceof JsonObject object) {
      return new Fields(object);
    }
    throw new MalformedException("body", "must be a JSON object");
  }

  /** A field that is null counts as absent. */
  boolean has(String field) {
    return object.getValue(field) != null;
  }

  String text(String field) {
    return value(field, String.class, "a string");
  }

  Optional<String> optionalText(String field) {
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  /** Bytes in base64, as {@link #base64} writes them. */
  byte[] bytes(String field) {
    try {
      return Base64.getDecoder().decode(text(field));
    } catch (IllegalArgumentException e) {
      throw new MalformedException(field, "is not base64");
    }
  }

  /** With padding: JsonObject.put(byte[]) would write base64url without (RFC 4648 §5). */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  boolean flag(String field, boolean otherwise) {
    return has(field) ? value(field, Boolean.class, "true or false") : otherwise;
  }

  /** A whole number that is not negative. */
  long count(String field) {
    Number number = number(field);
    if (number.longValue() < 0 || number.doubleValue() != number.longValue()) {
      throw new MalformedException(field, "must be a whole number from 0 up");
    }
    return number.longValue();
  }

  /** The same; {@link Integer#MAX_VALUE} stands for all that is more. */
  int smallCount(String field) {
    return (int) Math.min(Integer.MAX_VALUE, count(field));
  }

  Number number(String field) {
    return value(field, Number.class, "a number");
  }

  /** A time in seconds, in milliseconds. */
  long millis(String field) {
    return Math.round(number(field).doubleValue() * 1000);
  }

  Optional<Long> optionalMillis(String field) {
    return has(field) ? Optional.of(millis(field)) : Optional.empty();
  }

  Optional<GitTree> tree() {
    return has("tree") ? Optional.of(new GitTree(text("tree"))) : Optional.empty();
  }

  JsonArray array(String field) {
    return value(field, JsonArray.class, "an array");
  }

  /** An array of texts; what is none is taken as it would be printed. */
  List<String> words(String field) {
    return array(field).stream().map(String::valueOf).toList();
  }

  /** An object within this one, whose errors name their own fields. */
  Fields nested(String field) {
    return new Fields(value(field, JsonObject.class, "an object"));
  }

  private <T> T value(String field, Class<T> type, String wanted) {
    Object value = object.getValue(field);
    if (value == null) {
      throw new MalformedException(field, "is missing");
    }
    if (!type.isInstance(value)) {
      throw new MalformedException(field, "must be " + wanted);
    }
    return type.cast(value);
  }
}
