package dev.toxserver.server;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs in an order. To put one at either end, to take one out and to know the last hardly costs
 * more where there are ten thousand. Belongs to the server's context.
 */
final class Line {
  private final NavigableMap<Long, Run> runs = new TreeMap<>();
  private final Map<Run, Long> places = new HashMap<>();

  int size() {
    return runs.size();
  }

  /** Those that are in it, the first first. */
  Collection<Run> all() {
    return Collections.unmodifiableCollection(runs.values());
  }

  Optional<Run> last() {
    return Optional.ofNullable(runs.lastEntry()).map(Map.Entry::getValue);
  }

  /** Puts a run at the end, unless it is there. */
  void add(Run run) {
    if (!places.containsKey(run)) {
      put(runs.isEmpty() ? 0 : runs.lastKey() + 1, run);
    }
  }

  /** Puts a run before all others. */
  void addFirst(Run run) {
    remove(run);
    put(runs.isEmpty() ? 0 : runs.firstKey() - 1, run);
  }

  /** Takes a run out; whether it was there. */
  boolean remove(Run run) {
    Long place = places.remove(run);
    return place != null && runs.remove(place) != null;
  }

  private void put(long place, Run run) {
    places.put(run, place);
    runs.put(place, run);
  }
}
