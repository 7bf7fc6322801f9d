package dev.toxserver.agent;

import dev.toxserver.client.ShellWord;

/** Text that anybody can be shown: one line, nothing in it that a terminal would obey. */
public final class PlainText {
  private static final String CUT = "…";
  private static final int CUT_BYTES = 3;

  private PlainText() {}

  /** A text without control characters and those that turn the direction; a tab is a blank. */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(each -> each == '\t' ? ' ' : each)
        .filter(each -> !ShellWord.isInvisible(each) && !isVariation(each))
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** Nothing is seen of them: a whole text can be hidden behind one letter. */
  private static boolean isVariation(int codePoint) {
    return codePoint >= 0xE0100 && codePoint <= 0xE01EF;
  }

  /**
   * A text of at most so many bytes of UTF-8; what is longer is cut between two characters, and
   * ends with "…".
   *
   * @param most at least 3
   */
  public static String cut(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    int end = 0;
    int bytes = 0;
    while (bytes + bytes(text.codePointAt(end)) <= most - CUT_BYTES) {
      bytes += bytes(text.codePointAt(end));
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + CUT;
  }

  /** How many bytes of UTF-8 it is. */
  public static int bytes(String text) {
    return text.codePoints().map(PlainText::bytes).sum();
  }

  private static int bytes(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
