package dev.toxserver.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The newest events of a journal, in memory. */
final class Recent {
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long bytes;

  void add(Entry entry) {
    entries.put(entry.seq(), entry);
    bytes += entry.cost();
  }

  /** What they cost. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The oldest of them, of which there must be one. */
  long firstSeq() {
    return entries.firstKey();
  }

  /** Those from one on, until they cost so much. */
  List<Entry> from(long seq, int most) {
    List<Entry> found = new ArrayList<>();
    int cost = 0;
    for (Entry entry : entries.tailMap(seq, true).values()) {
      found.add(entry);
      cost += entry.cost();
      if (cost >= most) {
        break;
      }
    }
    return found;
  }

  /** The oldest, so many that no more than this would be left. */
  List<Entry> allBut(long left) {
    List<Entry> oldest = new ArrayList<>();
    long rest = bytes;
    for (Entry entry : entries.values()) {
      if (rest <= left) {
        break;
      }
      oldest.add(entry);
      rest -= entry.cost();
    }
    return oldest;
  }

  void removeAll(List<Entry> gone) {
    for (Entry entry : gone) {
      if (entries.remove(entry.seq()) != null) {
        bytes -= entry.cost();
      }
    }
  }

  /**
   * Lets the oldest go, but never the last, until they cost no more than this; whether any had to.
   */
  boolean shrinkTo(long most) {
    boolean shrunk = false;
    while (bytes > most && entries.size() > 1) {
      bytes -= entries.pollFirstEntry().getValue().cost();
      shrunk = true;
    }
    return shrunk;
  }
}
