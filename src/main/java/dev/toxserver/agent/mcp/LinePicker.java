package dev.toxserver.agent.mcp;

import dev.toxserver.agent.PlainText;
import dev.toxserver.client.paths.TextLines;
import dev.toxserver.protocol.Stream;
import java.util.List;

/** Picks lines, which are numbered from 1 in the order in which they were ended. */
abstract class LinePicker implements LogPicker {
  /** For the line that says how to get the next. */
  private static final int FOOTER_BYTES = 200;

  private final TextLines out = new TextLines(this::ended);
  private final TextLines err = new TextLines(this::ended);
  private final StringBuilder picked = new StringBuilder();
  private int bytes;
  private int number;
  private boolean full;
  private boolean cut;
  private boolean longLines;

  @Override
  public final void take(Stream stream, byte[] data) {
    (stream == Stream.STDOUT ? out : err).take(data);
  }

  @Override
  public final boolean isFull() {
    return full;
  }

  @Override
  public final String text() {
    for (TextLines unfinished : List.of(out, err)) {
      if (!unfinished.begun().isEmpty()) {
        ended(unfinished.begun());
      }
    }
    return picked()
        + "("
        + footer()
        + (cut ? "; a line that ends with … is longer, from_byte shows all of it" : "")
        + ")";
  }

  private void ended(String line) {
    number++;
    if (!full) {
      longLines |= PlainText.bytes(line) >= TextLines.LONGEST;
      line(number, PlainText.clean(line).stripTrailing());
    }
  }

  /** The next line, of which not all may be shown; none comes any more once it is full. */
  abstract void line(int number, String line);

  /** Which lines these are, and how to get the next. */
  abstract String footer();

  /** How many lines have come. */
  final int count() {
    return number;
  }

  /** Whether there was a line that may be longer than what has come of it. */
  final boolean hasLongLines() {
    return longLines;
  }

  /** A line as it is shown. */
  static String shown(String line) {
    return PlainText.cut(line, LINE_BYTES);
  }

  /** What is shown, each line with its end. */
  String picked() {
    return picked.toString();
  }

  /** Shows a line, at most {@link #LINE_BYTES} of it; if there is no room, it takes no more. */
  final boolean pick(String line) {
    String shown = shown(line);
    int more = PlainText.bytes(shown) + 1;
    if (bytes + more > MOST_BYTES - FOOTER_BYTES) {
      full = true;
      return false;
    }
    bytes += more;
    cut |= !shown.equals(line);
    picked.append(shown).append('\n');
    return true;
  }
}
