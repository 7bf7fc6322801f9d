package dev.toxserver.agent;

import java.util.List;

/** Lines that together have at most so many bytes of UTF-8, their ends among them. */
final class BoundedText {
  /** For the line that says how many more there are. */
  private static final int MORE_BYTES = 50;

  private final StringBuilder text = new StringBuilder();
  private int left;

  /** An empty one of at most so many bytes. */
  BoundedText(int bytes) {
    left = bytes;
  }

  /** So many bytes it can still take. */
  int left() {
    return left;
  }

  /** Adds a line, cut to at most so many bytes and to what is left; none if that is too little. */
  void add(String line, int longest) {
    if (left >= MORE_BYTES) {
      append(PlainText.cut(line, Math.min(longest, left - 1)));
    }
  }

  /**
   * Adds as many of several as fit into a budget, each whole, and then how many more there are.
   *
   * @param entries each a line, or lines that belong together
   * @param all how many there are, if these are only the first of them
   * @param what they are, in the plural
   */
  void addFirst(List<String> entries, int all, String what, int budget) {
    int floor = left - Math.min(budget, left) + MORE_BYTES;
    int added = 0;
    for (String entry : entries) {
      if (left - PlainText.bytes(entry) - 1 < floor) {
        break;
      }
      append(entry);
      added++;
    }
    if (added < all) {
      add((added == 0 ? "" : "and ") + (all - added) + (added == 0 ? " " : " more ") + what, left);
    }
  }

  /** Adds as many of the last as fit into what is left, in their order. */
  void addLast(List<String> lines) {
    PlainText.last(lines, left).forEach(this::append);
  }

  private void append(String line) {
    text.append(line).append('\n');
    left -= PlainText.bytes(line) + 1;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
