package dev.toxserver.agent.mcp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Lines that hold a text, in any case, with those around them: {@code 17:TEXT} is one that was
 * found, {@code 18-TEXT} one beside it, and {@code --} stands where lines are left out.
 */
final class FoundLines extends LinePicker {
  private final String wanted;
  private final int from;
  private final int context;
  private final Deque<String> before = new ArrayDeque<>();
  private int found;
  private int behind;
  private int lastShown;
  private int next;

  FoundLines(String wanted, int from, int context) {
    this.wanted = wanted.toLowerCase(Locale.ROOT);
    this.from = from;
    this.context = context;
  }

  @Override
  void line(int number, String line) {
    if (number < from) {
      return;
    }
    if (line.toLowerCase(Locale.ROOT).contains(wanted)) {
      next = number;
      if (showBefore(number) && show(number, ":", line)) {
        found++;
        behind = context;
      }
    } else if (behind > 0) {
      next = number;
      behind--;
      show(number, "-", line);
    } else {
      before.add(line);
      if (before.size() > context) {
        before.remove();
      }
    }
  }

  private boolean showBefore(int number) {
    int first = number - before.size();
    boolean room = lastShown == 0 || first == lastShown + 1 || pick("--");
    while (room && !before.isEmpty()) {
      room = show(number - before.size(), "-", before.remove());
    }
    return room;
  }

  private boolean show(int number, String mark, String line) {
    lastShown = number;
    return pick(number + mark + line);
  }

  @Override
  String footer() {
    return found
        + " found"
        + (isFull() ? "; next: from_line=" + next : " in " + count() + " lines")
        + (hasLongLines() ? "; of a line the first 4 KiB are searched" : "");
  }
}
