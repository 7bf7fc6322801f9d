package dev.toxserver.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The word that was probably meant. picocli compares words by their pairs of letters, and finds
 * nothing for {@code rnu}: no pair of it is in {@code run}.
 */
final class Suggestion {
  private static final int MOST_EDITS = 2;

  private Suggestion() {}

  /** The nearest word, if it takes no more than two edits, and fewer than it has letters. */
  static Optional<String> nearest(String typed, Collection<String> words) {
    return words.stream()
        .filter(word -> distance(typed, word) <= Math.min(MOST_EDITS, word.length() - 1))
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /**
   * How many letters must be put in, left out, replaced or exchanged with their neighbour: the
   * optimal string alignment distance, a restricted form of Damerau's.
   */
  static int distance(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, i, to, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int cheapest(int[][] edits, String from, int i, String to, int j) {
    int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int cheapest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(cheapest, edits[i - 2][j - 2] + 1) : cheapest;
  }
}
