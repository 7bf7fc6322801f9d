package dev.toxserver.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A terminal of few rows that knows what {@link MatrixFoot} writes. Its kernel adds returns. */
final class SmallScreen {
  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>();
  private final List<String> scrolledOff = new ArrayList<>();
  private int row;
  private int column;
  private int savedRow;
  private int savedColumn;
  private boolean wraps = true;

  SmallScreen(int columns, int rows) {
    this.columns = columns;
    for (int n = 0; n < rows; n++) {
      this.rows.add(new StringBuilder());
    }
  }

  void write(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each == '\033') {
        at = sequence(text, at + 1);
      } else if (each == '\n') {
        column = 0;
        down();
      } else if (each == '\r') {
        column = 0;
      } else {
        put(each);
      }
    }
  }

  /** All lines that were ever shown, without what is empty below. */
  String shown() {
    String all =
        String.join("\n", scrolledOff)
            + (scrolledOff.isEmpty() ? "" : "\n")
            + rows.stream().map(StringBuilder::toString).collect(Collectors.joining("\n"));
    return all.stripTrailing();
  }

  private int sequence(String text, int at) {
    switch (text.charAt(at)) {
      case 'D' -> down();
      case '7' -> {
        savedRow = row;
        savedColumn = column;
      }
      case '8' -> {
        row = savedRow;
        column = savedColumn;
      }
      default -> {
        int end = at + 1;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        control(text.substring(at + 1, end), text.charAt(end));
        return end;
      }
    }
    return at;
  }

  private void control(String parameters, char letter) {
    switch (letter) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(parameters));
      case 'J' -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        rows.subList(row + 1, rows.size()).forEach(each -> each.setLength(0));
      }
      case 'h', 'l' -> wraps = letter == 'h';
      case 'm' -> {
        // Colours are not looked at.
      }
      default -> throw new AssertionError("unknown: " + parameters + letter);
    }
  }

  private void put(char each) {
    if (column == columns) {
      if (wraps) {
        column = 0;
        down();
      } else {
        column--;
      }
    }
    StringBuilder line = rows.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, each);
  }

  private void down() {
    if (row < rows.size() - 1) {
      row++;
    } else {
      scrolledOff.add(rows.remove(0).toString());
      rows.add(new StringBuilder());
    }
  }
}
