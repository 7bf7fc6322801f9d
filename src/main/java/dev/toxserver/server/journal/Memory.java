package dev.toxserver.server.journal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all journals of a history hold in memory, and its bound: each journal has one of its own,
 * but a server may have many runs. Where there is too much, those that have been quiet the longest
 * let their oldest events go. Belongs to the server's context.
 */
final class Memory {
  private final long limit;

  /** In the order of access: who has been quiet the longest comes first. */
  private final Map<KeptJournal, Long> held = new LinkedHashMap<>(16, 0.75f, true);

  private long total;

  /**
   * An empty one.
   *
   * @param limit bytes
   */
  Memory(long limit) {
    this.limit = limit;
  }

  /** Whether there is too much, and nobody can let any go before it is on disk. */
  boolean isFull() {
    return total > limit;
  }

  /** A journal holds so many bytes now; others may have to let some go for it. */
  void holds(KeptJournal journal, long bytes) {
    Long before = bytes == 0 ? held.remove(journal) : held.put(journal, bytes);
    total += bytes - (before == null ? 0 : before);
    Iterator<Map.Entry<KeptJournal, Long>> quietFirst = held.entrySet().iterator();
    while (isFull() && quietFirst.hasNext()) {
      Map.Entry<KeptJournal, Long> each = quietFirst.next();
      long left = each.getKey().release(total - limit);
      total += left - each.getValue();
      each.setValue(left);
    }
  }
}
