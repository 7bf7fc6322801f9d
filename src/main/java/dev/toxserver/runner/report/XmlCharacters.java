package dev.toxserver.runner.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The characters of an XML file in UTF-8, of which one at a time is looked at. */
final class XmlCharacters {
  /** In place of a character: there is none left. */
  static final int END = -1;

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_REFERENCE = 10;

  private final BufferedReader in;
  private int c;

  /**
   * Looks at the first.
   *
   * @throws IOException if it can't be read
   */
  XmlCharacters(InputStream in) throws IOException {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    advance();
  }

  /** The character that is looked at, or {@link #END}. */
  int current() {
    return c;
  }

  /** Looks at the next. */
  void advance() throws IOException {
    c = in.read();
  }

  /** A name to its end; never an empty one, nor one without end. */
  String readName() throws IOException {
    StringBuilder found = new StringBuilder();
    while (c > ' ' && "=/>\"'<&".indexOf(c) < 0) {
      found.append((char) c);
      if (found.length() > LONGEST_NAME) {
        throw new IOException("is no XML: a name has no end");
      }
      advance();
    }
    if (found.isEmpty()) {
      throw new IOException("is no XML: a name is missing");
    }
    return found.toString();
  }

  /** The character that is looked at, or that a reference stands for; goes on behind it. */
  int character() throws IOException {
    if (c == END) {
      throw cutOff();
    }
    int plain = c;
    advance();
    if (plain != '&') {
      return plain;
    }
    StringBuilder reference = new StringBuilder();
    while (c != ';') {
      if (c == END || reference.length() == LONGEST_REFERENCE) {
        throw new IOException("is no XML: a & has no ;");
      }
      reference.append((char) c);
      advance();
    }
    advance();
    return meaning(reference.toString());
  }

  private static int meaning(String reference) throws IOException {
    return switch (reference) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> number(reference);
    };
  }

  private static int number(String reference) throws IOException {
    try {
      boolean hex = reference.startsWith("#x");
      if (reference.startsWith("#")) {
        int number = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
        if (Character.isValidCodePoint(number)) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw unknown(reference);
    }
    throw unknown(reference);
  }

  private static IOException unknown(String reference) {
    return new IOException("has an entity of its own, which is not read: " + reference);
  }

  /** The character that is looked at, whatever it is; goes on behind it. */
  int raw() throws IOException {
    int plain = c;
    if (plain == END) {
      throw cutOff();
    }
    advance();
    return plain;
  }

  void skipBlanks() throws IOException {
    while (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      advance();
    }
  }

  /** Goes on behind the next of these marks, none of which repeats its beginning but by one. */
  void skipBehind(String mark) throws IOException {
    int matched = 0;
    while (matched < mark.length()) {
      int next = raw();
      if (next == mark.charAt(matched)) {
        matched++;
      } else if (matched == 0 || next != mark.charAt(matched - 1)) {
        matched = next == mark.charAt(0) ? 1 : 0;
      }
    }
  }

  private static IOException cutOff() {
    return new IOException("is cut off");
  }
}
