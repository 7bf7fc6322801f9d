package dev.toxserver.runner.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the elements of an XML file in UTF-8, one after another, in memory that does not grow with
 * it: of a long text the end is kept, of a long value the beginning. It knows no document types and
 * no entities but XML's own five, so there is nothing to expand and nothing to load.
 *
 * <p>Java's own parsers would be one more module in the distribution, and hold each value whole.
 */
final class XmlReader {
  private static final int MOST_KEPT = 8 * 1024;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_REFERENCE = 10;
  private static final int MOST_ATTRIBUTES = 64;
  private static final int END = -1;

  private final BufferedReader in;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> attributes = new HashMap<>();
  private String name = "";
  private boolean endFollows;

  /** The character that is looked at. */
  private int c;

  /** What {@link #next} has come to. */
  enum Token {
    START,
    END,
    EOF
  }

  /**
   * Reads the first character.
   *
   * @throws IOException if it can't be read
   */
  XmlReader(InputStream in) throws IOException {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    advance();
  }

  /**
   * Goes on to where the next element begins or ends.
   *
   * @throws IOException if the file can't be read, or is no such XML
   */
  Token next() throws IOException {
    text.setLength(0);
    if (endFollows) {
      endFollows = false;
      return Token.END;
    }
    while (c != END) {
      if (c != '<') {
        keepEnd(character());
        continue;
      }
      advance();
      if (c == '?') {
        skipBehind("?>");
      } else if (c == '!') {
        declaration();
      } else if (c == '/') {
        advance();
        name = readName();
        skipBehind(">");
        return Token.END;
      } else {
        startTag();
        return Token.START;
      }
    }
    return Token.EOF;
  }

  /** Of the element that begins or ends here. */
  String name() {
    return name;
  }

  /** An attribute of the element that began last, its beginning if it is long; may be empty. */
  String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  /** The end of what stands between the last token and this one. */
  String text() {
    return text.toString();
  }

  private void startTag() throws IOException {
    name = readName();
    attributes.clear();
    skipBlanks();
    while (c != '>' && c != '/') {
      String key = readName();
      skipBlanks();
      if (c != '=') {
        throw new IOException("is no XML: an attribute has no value");
      }
      advance();
      skipBlanks();
      String value = readValue();
      if (attributes.size() < MOST_ATTRIBUTES) {
        attributes.put(key, value);
      }
      skipBlanks();
    }
    endFollows = c == '/';
    skipBehind(">");
  }

  private String readName() throws IOException {
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

  private String readValue() throws IOException {
    int quote = c;
    if (quote != '"' && quote != '\'') {
      throw new IOException("is no XML: a value has no quotes");
    }
    advance();
    StringBuilder found = new StringBuilder();
    while (c != quote) {
      int next = character();
      if (found.length() < MOST_KEPT) {
        found.appendCodePoint(next);
      }
    }
    advance();
    return found.toString();
  }

  /** The character that is looked at, or that a reference stands for; goes on behind it. */
  private int character() throws IOException {
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

  private void declaration() throws IOException {
    advance();
    if (c == '-') {
      skipBehind("-->");
    } else if (c == '[') {
      skipBehind("CDATA[");
      int brackets = 0;
      while (c != '>' || brackets < 2) {
        brackets = c == ']' ? brackets + 1 : 0;
        keepEnd(raw());
      }
      text.setLength(text.length() - 2);
      advance();
    } else {
      throw new IOException("has a document type, which is not read");
    }
  }

  private int raw() throws IOException {
    int plain = c;
    if (plain == END) {
      throw cutOff();
    }
    advance();
    return plain;
  }

  private void keepEnd(int more) {
    text.appendCodePoint(more);
    if (text.length() > 2 * MOST_KEPT) {
      text.delete(0, text.length() - MOST_KEPT);
    }
  }

  private void skipBlanks() throws IOException {
    while (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      advance();
    }
  }

  /** Goes on behind the next of these marks, none of which repeats its beginning but by one. */
  private void skipBehind(String mark) throws IOException {
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

  private void advance() throws IOException {
    c = in.read();
  }
}
