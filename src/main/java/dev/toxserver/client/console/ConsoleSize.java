package dev.toxserver.client.console;

import dev.toxserver.protocol.TerminalSize;

/** The size of a terminal as stty prints it. */
final class ConsoleSize {
  /** That of a terminal that nobody sees. */
  static final TerminalSize USUAL = new TerminalSize(80, 24);

  private ConsoleSize() {}

  /**
   * Reads {@code ROWS COLUMNS}. A terminal that does not know its size, as on a serial line, prints
   * 0 for both, and counts as 80 by 24.
   */
  static TerminalSize parse(String text) {
    String[] numbers = text.strip().split(" ");
    try {
      return new TerminalSize(side(numbers[1], USUAL.columns()), side(numbers[0], USUAL.rows()));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return USUAL;
    }
  }

  private static int side(String number, int usual) {
    int side = Integer.parseInt(number);
    return side < 1 ? usual : Math.min(side, TerminalSize.MAX);
  }
}
