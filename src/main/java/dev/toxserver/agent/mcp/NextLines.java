package dev.toxserver.agent.mcp;

/** Lines from one on, as many as there is room for. */
final class NextLines extends LinePicker {
  private final int from;
  private int last;

  NextLines(int from) {
    this.from = from;
    last = from - 1;
  }

  @Override
  void line(int number, String line) {
    if (number >= from && pick(line)) {
      last = number;
    }
  }

  @Override
  String footer() {
    if (last < from) {
      return "there are " + count() + " lines";
    }
    String lines = "lines " + from + " to " + last;
    return isFull() ? lines + "; next: from_line=" + (last + 1) : lines + ", the last";
  }
}
