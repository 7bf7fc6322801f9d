package dev.toxserver.server.shared;

import java.util.HashMap;
import java.util.Map;

/**
 * For how many ticks in a row something was the case. Who was stopped for a while has counted
 * nothing meanwhile. Costs as much memory as there are things that are the case.
 */
final class Ticks {
  private Map<String, Integer> before = Map.of();
  private Map<String, Integer> now = new HashMap<>();

  /** The next tick: what is not counted in it begins anew. */
  void next() {
    before = now;
    now = new HashMap<>();
  }

  /** It is the case in this tick, too; for how many it has been, without this one. */
  int count(String what) {
    int ticks = before.getOrDefault(what, -1) + 1;
    now.put(what, ticks);
    return ticks;
  }
}
