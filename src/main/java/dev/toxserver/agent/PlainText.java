package dev.toxserver.agent;

import dev.toxserver.client.ShellWord;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that anybody can be shown: one line, nothing in it that a terminal would obey, or that is
 * hidden from who reads it.
 */
public final class PlainText {
  private static final String CUT = "…";
  private static final int CUT_BYTES = 3;

  /**
   * What shows nothing and is no format character: Default_Ignorable_Code_Point in Unicode's
   * DerivedCoreProperties.txt, with those that are not assigned yet, and Braille without a dot.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2065}\\x{2800}"
              + "\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]");

  private PlainText() {}

  /**
   * A text without control characters, those that turn the direction, and all others that show
   * nothing; a tab is a blank.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(each -> each == '\t' ? ' ' : each)
        .filter(each -> !ShellWord.isInvisible(each))
        .forEach(clean::appendCodePoint);
    return UNSEEN.matcher(clean).replaceAll("");
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

  /** As many of the last lines as have at most so many bytes of UTF-8, their ends among them. */
  public static List<String> last(List<String> lines, int most) {
    int first = lines.size();
    int left = most;
    while (first > 0 && bytes(lines.get(first - 1)) + 1 <= left) {
      first--;
      left -= bytes(lines.get(first)) + 1;
    }
    return lines.subList(first, lines.size());
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
