package dev.toxserver.protocol;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one run, chosen by the client that asks for it.
 *
 * @param value 1 to 64 of A-Z a-z 0-9 _ -
 */
public record RunId(String value) {
  static final String REGEX = "[A-Za-z0-9_-]{1,64}";
  private static final Pattern PATTERN = Pattern.compile(REGEX);

  /**
   * Checks the characters and the length.
   *
   * @throws MalformedException naming the field {@code id}
   */
  public RunId {
    if (!PATTERN.matcher(value).matches()) {
      throw new MalformedException("id", "must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
  }

  /** A new id that no other client will choose. */
  public static RunId random() {
    return new RunId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
