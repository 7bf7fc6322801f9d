package dev.toxserver.matrix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of the parts that a matrix is split into, each for a machine of its own. Which environments
 * it has depends on nothing but their names, their usual durations and how many parts there are: so
 * machines that know the same have the same split, and each environment is in one part.
 *
 * @param number 1 for the first
 * @param parts how many there are, at most {@link #MOST}
 */
public record Shard(int number, int parts) {
  /** More parts than this are a mistake. */
  public static final int MOST = 1_000;

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  public Shard {
    if (parts < 1 || parts > MOST || number < 1 || number > parts) {
      throw wrong();
    }
  }

  /**
   * Reads {@code 2/3}.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  public static Shard parse(String text) {
    int slash = text.indexOf('/');
    try {
      return new Shard(
          Integer.parseInt(text.substring(0, Math.max(0, slash))),
          Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "must be N/M, the Nth of M parts, as 1/3; at most " + MOST + " parts");
  }

  /**
   * What each part has: the longest environment first, each to the part that has the least to do
   * until then, which takes at most a third longer than the best split would (Graham, "Bounds on
   * multiprocessing timing anomalies", 1969). What is equal goes by name, and by number.
   *
   * @param environments in any order
   * @param usual how long those take that this is known of, in milliseconds; the others count as
   *     the median of these
   * @return a list for each part, in the order of the environments
   */
  public List<List<String>> split(Collection<String> environments, Map<String, Long> usual) {
    long median = median(environments.stream().filter(usual::containsKey).map(usual::get).toList());
    Comparator<String> longestFirst =
        Comparator.comparing((String name) -> -weight(usual.getOrDefault(name, median)));
    long[] load = new long[parts];
    Map<String, Integer> partOf = new HashMap<>();
    environments.stream()
        .distinct()
        .sorted(longestFirst.thenComparing(Comparator.naturalOrder()))
        .forEach(
            name -> {
              int least = least(load);
              load[least] += weight(usual.getOrDefault(name, median));
              partOf.put(name, least);
            });
    return IntStream.range(0, parts)
        .mapToObj(
            part -> environments.stream().filter(name -> partOf.get(name).equals(part)).toList())
        .toList();
  }

  /** What takes no time at all would else all be in one part. */
  private static long weight(long millis) {
    return Math.max(1, millis);
  }

  private static int least(long... load) {
    int least = 0;
    for (int part = 1; part < load.length; part++) {
      if (load[part] < load[least]) {
        least = part;
      }
    }
    return least;
  }

  private static long median(List<Long> known) {
    List<Long> sorted = new ArrayList<>(known);
    sorted.sort(Comparator.naturalOrder());
    int size = sorted.size();
    return size == 0 ? 1 : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  @Override
  public String toString() {
    return number + "/" + parts;
  }
}
