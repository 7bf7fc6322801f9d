package dev.toxserver.runner.report;

import java.io.IOException;
import java.io.InputStream;
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
  private static final int MOST_ATTRIBUTES = 64;

  private final XmlCharacters in;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> attributes = new HashMap<>();
  private String name = "";
  private boolean endFollows;

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
    this.in = new XmlCharacters(in);
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
    while (in.current() != XmlCharacters.END) {
      if (in.current() != '<') {
        keepEnd(in.character());
        continue;
      }
      in.advance();
      if (in.current() == '?') {
        in.skipBehind("?>");
      } else if (in.current() == '!') {
        declaration();
      } else if (in.current() == '/') {
        in.advance();
        name = in.readName();
        in.skipBehind(">");
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
    name = in.readName();
    attributes.clear();
    in.skipBlanks();
    while (in.current() != '>' && in.current() != '/') {
      String key = in.readName();
      in.skipBlanks();
      if (in.current() != '=') {
        throw new IOException("is no XML: an attribute has no value");
      }
      in.advance();
      in.skipBlanks();
      String value = readValue();
      if (attributes.size() < MOST_ATTRIBUTES) {
        attributes.put(key, value);
      }
      in.skipBlanks();
    }
    endFollows = in.current() == '/';
    in.skipBehind(">");
  }

  private String readValue() throws IOException {
    int quote = in.current();
    if (quote != '"' && quote != '\'') {
      throw new IOException("is no XML: a value has no quotes");
    }
    in.advance();
    StringBuilder found = new StringBuilder();
    while (in.current() != quote) {
      int next = in.character();
      if (found.length() < MOST_KEPT) {
        found.appendCodePoint(next);
      }
    }
    in.advance();
    return found.toString();
  }

  private void declaration() throws IOException {
    in.advance();
    if (in.current() == '-') {
      in.skipBehind("-->");
    } else if (in.current() == '[') {
      in.skipBehind("CDATA[");
      int brackets = 0;
      while (in.current() != '>' || brackets < 2) {
        brackets = in.current() == ']' ? brackets + 1 : 0;
        keepEnd(in.raw());
      }
      text.setLength(text.length() - 2);
      in.advance();
    } else {
      throw new IOException("has a document type, which is not read");
    }
  }

  private void keepEnd(int more) {
    text.appendCodePoint(more);
    if (text.length() > 2 * MOST_KEPT) {
      text.delete(0, text.length() - MOST_KEPT);
    }
  }
}
