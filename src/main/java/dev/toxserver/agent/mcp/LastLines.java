package dev.toxserver.agent.mcp;

import dev.toxserver.agent.PlainText;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines, as many as there is room for. */
final class LastLines extends LinePicker {
  /** Few answers are worth more; all the rest is there for who asks. */
  private static final int MOST_LINES = 60;

  private static final int BYTES = MOST_BYTES - 500;

  private final Deque<String> lines = new ArrayDeque<>();
  private int bytes;

  @Override
  void line(int number, String line) {
    lines.add(line);
    bytes += size(line);
    while (lines.size() > MOST_LINES || bytes > BYTES) {
      bytes -= size(lines.remove());
    }
  }

  private static int size(String line) {
    return PlainText.bytes(shown(line)) + 1;
  }

  @Override
  String picked() {
    lines.forEach(this::pick);
    return super.picked();
  }

  @Override
  String footer() {
    return lines.size() == count()
        ? "all " + count() + " lines"
        : "lines %d to %d, the last".formatted(count() - lines.size() + 1, count());
  }
}
