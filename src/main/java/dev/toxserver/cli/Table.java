package dev.toxserver.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text as lines, whose columns stand below each other; the last is as long as it is. */
final class Table {
  private Table() {}

  /**
   * The table's lines.
   *
   * @param rows at least one, all of the same length
   */
  static String of(List<List<String>> rows) {
    int last = rows.get(0).size() - 1;
    int[] widths =
        IntStream.range(0, last)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, last)
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining())
                    + row.get(last))
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length() + 2);
  }
}
