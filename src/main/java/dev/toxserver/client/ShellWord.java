package dev.toxserver.client;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Quotes words as one would type them in a shell. Words with control characters are quoted in the
 * way of bash and zsh, {@code $'…'}.
 */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

  private ShellWord() {}

  /**
   * Words as one would type them.
   *
   * @param mostCharacters what is longer is cut there, and ends with "…"
   */
  public static String line(List<String> words, int mostCharacters) {
    String line = words.stream().map(ShellWord::quote).collect(Collectors.joining(" "));
    return line.codePointCount(0, line.length()) <= mostCharacters
        ? line
        : line.substring(0, line.offsetByCodePoints(0, mostCharacters - 1)) + "…";
  }

  /** Quoted if it has to be, on one line, and with nothing in it that a terminal would obey. */
  static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    if (word.codePoints().anyMatch(ShellWord::isInvisible)) {
      StringBuilder quoted = new StringBuilder("$'");
      word.codePoints().forEach(each -> quoted.append(escaped(each)));
      return quoted.append('\'').toString();
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String escaped(int codePoint) {
    if (isInvisible(codePoint)) {
      return codePoint == '\n' ? "\\n" : "\\U%08x".formatted(codePoint);
    }
    return codePoint == '\'' || codePoint == '\\'
        ? "\\" + (char) codePoint
        : Character.toString(codePoint);
  }

  /** Control characters, and those that turn the direction of what follows. */
  public static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
