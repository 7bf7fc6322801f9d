package dev.toxserver.protocol;

import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a runner has, or what a run needs of one: {@code py311}, {@code linux}, {@code gpu}.
 *
 * @param names each once, in the order in which they were given
 */
public record Labels(List<String> names) {
  /** None: of a run that any runner can take. */
  public static final Labels NONE = new Labels(List.of());

  /** The most that one runner or run can have. */
  public static final int MOST = 64;

  private static final int LONGEST = 64;

  /**
   * Checks them.
   *
   * @throws MalformedException naming the field {@code labels}
   */
  public Labels {
    names = List.copyOf(new LinkedHashSet<>(names));
    if (names.size() > MOST) {
      throw new MalformedException("labels", names.size() + " are more than " + MOST);
    }
    for (String name : names) {
      if (!isLabel(name)) {
        throw new MalformedException(
            "labels", "each must be 1 to " + LONGEST + " of A-Z a-z 0-9 _ - . +");
      }
    }
  }

  /** Whether all that is needed is among these. */
  public boolean have(Labels needed) {
    return names.containsAll(needed.names);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** As they are written where people read them. */
  @Override
  public String toString() {
    return String.join(", ", names);
  }

  static Labels of(Fields fields, String field) {
    return fields.has(field) ? of(fields.array(field)) : NONE;
  }

  static Labels of(JsonArray names) {
    return new Labels(names.stream().map(String::valueOf).toList());
  }

  JsonArray toJson() {
    return new JsonArray(names);
  }

  /** No regular expression: a client that starts has no time for one. */
  private static boolean isLabel(String name) {
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each > '~' || !(Character.isLetterOrDigit(each) || "_-.+".indexOf(each) >= 0)) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= LONGEST;
  }
}
