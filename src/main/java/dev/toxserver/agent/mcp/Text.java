package dev.toxserver.agent.mcp;

import dev.toxserver.agent.PlainText;
import java.util.List;

/** Texts for agents, of a bounded length. */
public final class Text {
  private static final int SHOWN_BYTES = 300;
  private static final int FOOTER_BYTES = 60;

  private Text() {}

  /** One line of at most 300 bytes, with nothing in it that is not to be seen. */
  public static String shown(String text) {
    return PlainText.cut(PlainText.clean(text), SHOWN_BYTES);
  }

  /** One line about what went wrong by a fault of this program's. */
  public static String fault(RuntimeException e) {
    return shown("This went wrong in tox-server: " + e);
  }

  /**
   * As many lines as there is room for, and where the next begin; or how many there are, if there
   * is none to show.
   *
   * @param from the first that is wanted, from 1
   * @param most bytes of UTF-8
   */
  public static String page(List<String> lines, int from, int most) {
    if (from > lines.size()) {
      return "(there is no line %d: the last is %d)".formatted(from, lines.size());
    }
    StringBuilder page = new StringBuilder();
    int left = most - FOOTER_BYTES;
    for (int i = from - 1; i < lines.size(); i++) {
      String line = PlainText.cut(PlainText.clean(lines.get(i)).stripTrailing(), SHOWN_BYTES);
      left -= PlainText.bytes(line) + 1;
      if (left < 0) {
        return page.append("(%d of %d lines; next: from=%d)".formatted(i, lines.size(), i + 1))
            .toString();
      }
      page.append(line).append('\n');
    }
    return page.toString().stripTrailing();
  }
}
