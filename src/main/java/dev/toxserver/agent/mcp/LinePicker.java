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
      String clean = PlainText.clean(line).stripTrailing();
      line(number, PlainText.cut(clean, LINE_BYTES));
    }
  }

  /** The next line, of at most {@link #LINE_BYTES} bytes; none comes any more once it is full. */
  abstract void line(int number, String line);

  /** Which lines these are, and how to get the next. */
  abstract String footer();

  /** How many lines have come. */
  final int count() {
    return number;
  }

  /** What is shown, each line with its end. */
  String picked() {
    return picked.toString();
  }

  /** Shows a line, unless there is no room for it: it takes no more then. */
  final boolean pick(String line) {
    int more = PlainText.bytes(line) + 1;
    if (bytes + more > MOST_BYTES - FOOTER_BYTES) {
      full = true;
      return false;
    }
    bytes += more;
    cut |= more >= LINE_BYTES;
    picked.append(line).append('\n');
    return true;
  }
}
