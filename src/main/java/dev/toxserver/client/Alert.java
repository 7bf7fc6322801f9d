package dev.toxserver.client;

import java.nio.charset.StandardCharsets;

/**
 * What makes a terminal notify its user: OSC 9 (iTerm2, kitty, WezTerm) and OSC 777 (rxvt-unicode,
 * foot, Ghostty). Others pass over both; who knows both may show two.
 */
final class Alert {
  private static final String TITLE = "tox-server";

  private Alert() {}

  /** The sequences with a text, which is cleaned of all that a terminal would obey. */
  static byte[] of(String text) {
    String clean = clean(text);
    return ("\033]9;"
            + TITLE
            + ": "
            + clean
            + "\007\033]777;notify;"
            + TITLE
            + ";"
            + clean
            + "\007")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A semicolon is what parts the fields of OSC 777. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .filter(each -> !ShellWord.isInvisible(each))
        .forEach(each -> clean.appendCodePoint(each == ';' ? ',' : each));
    return clean.toString();
  }
}
