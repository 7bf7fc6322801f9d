package dev.toxserver.runner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands arguments to a program as UTF-8, whatever the server's locale. Java encodes them in the
 * locale's charset, and in the C locale of a bare container puts a question mark for each é.
 */
final class RawArguments {
  /** Decodes each argument in turn; the dot keeps line ends, which $(…) would cut off. */
  private static final String DECODE =
      "n=$#; while [ $n -gt 0 ]; do a=$(printf '%b.' \"$1\"); shift; set -- \"$@\" \"${a%.}\";"
          + " n=$((n-1)); done; exec \"$@\"";

  private RawArguments() {}

  /**
   * The command itself where Java can encode it; else one that decodes it from ASCII and then execs
   * it.
   */
  static List<String> protect(List<String> command) {
    return protect(command, System.getProperty("sun.jnu.encoding"));
  }

  /** The same, where Java encodes arguments in this charset. */
  static List<String> protect(List<String> command, String charset) {
    return command.stream().allMatch(text -> fits(text, charset)) ? command : escape(command);
  }

  /** Whether a program would get a text as it is, where Java encodes in this charset. */
  static boolean fits(String text, String charset) {
    return "UTF-8".equalsIgnoreCase(charset) || isAscii(text);
  }

  private static List<String> escape(List<String> command) {
    List<String> escaped = new ArrayList<>(List.of("sh", "-c", DECODE, "sh"));
    for (String argument : command) {
      escaped.add(escape(argument));
    }
    return escaped;
  }

  /** In ASCII, as {@code printf %b} reads it. */
  static String escape(String text) {
    StringBuilder octal = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each < 0 || each == '\\') {
        octal.append(String.format("\\0%03o", each & 0xff));
      } else {
        octal.append((char) each);
      }
    }
    return octal.toString();
  }

  private static boolean isAscii(String argument) {
    return argument.chars().allMatch(c -> c < 0x80);
  }
}
