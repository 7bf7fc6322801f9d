package dev.toxserver.protocol;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * The name of one run, chosen by the client that asks for it.
 *
 * @param value 1 to 64 of A-Z a-z 0-9 _ -
 */
public record RunId(String value) {
  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Stands for the run that was accepted last, wherever a run that is there is meant. */
  public static final RunId LAST = new RunId("last");

  private static final String RANDOM_CHARACTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int RANDOM_LENGTH = 10;

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

  /** A new id that no other client will choose: 50 random bits, for people have to type it. */
  public static RunId random() {
    // No secret, and so no SecureRandom, whose providers every client would have to load.
    SplittableRandom random = new SplittableRandom();
    StringBuilder id = new StringBuilder();
    for (int n = 0; n < RANDOM_LENGTH; n++) {
      id.append(RANDOM_CHARACTERS.charAt(random.nextInt(RANDOM_CHARACTERS.length())));
    }
    return new RunId(id.toString());
  }

  /** An id of the same form, made of ten bytes or more that no other id is made of. */
  static RunId derivedFrom(byte[] digest) {
    StringBuilder id = new StringBuilder();
    for (int n = 0; n < RANDOM_LENGTH; n++) {
      id.append(RANDOM_CHARACTERS.charAt(digest[n] & 31));
    }
    return new RunId(id.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
