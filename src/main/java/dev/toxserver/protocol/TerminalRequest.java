package dev.toxserver.protocol;

/**
 * The terminal that a run is to have, like the user's own.
 *
 * @param size its size before the program's first byte
 * @param term what it is, as {@code TERM} says; of letters, digits and {@code - + . _}
 */
public record TerminalRequest(TerminalSize size, String term) {
  /** The most characters of {@code term}. */
  public static final int MAX_TERM = 64;

  /**
   * Checks it.
   *
   * @throws MalformedException naming the field that is wrong
   */
  public TerminalRequest {
    boolean known = !term.isEmpty() && term.length() <= MAX_TERM;
    for (int i = 0; known && i < term.length(); i++) {
      char c = term.charAt(i);
      known = c < 0x80 && (Character.isLetterOrDigit(c) || "-+._".indexOf(c) >= 0);
    }
    if (!known) {
      throw new MalformedException(
          "term", "must be 1 to " + MAX_TERM + " letters, digits and - + . _");
    }
  }
}
