package dev.toxserver.server.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many bytes may all connections together make the server hold. When it is more, the one that
 * has held some for the longest is given up, and so on: an honest client holds some for
 * milliseconds, and gets through however many others sit on theirs.
 *
 * <p>Belongs to the server's context.
 */
final class Budget {
  private final long limit;

  /** Who holds how much, the longest first. */
  private final Map<Holder, Long> held = new LinkedHashMap<>();

  private long total;

  /** What holds bytes of one connection. */
  interface Holder {
    /** Lets go of them, and cuts the connection off. */
    void giveUp();
  }

  Budget(long limitBytes) {
    limit = limitBytes;
  }

  /** What all hold together. */
  long total() {
    return total;
  }

  /** A holder has so many bytes now; it keeps its place, but for 0, which gives it up. */
  void hold(Holder holder, long bytes) {
    note(holder, bytes);
    while (total > limit) {
      Holder oldest = held.keySet().iterator().next();
      // First: to cut it off may call back.
      note(oldest, 0);
      oldest.giveUp();
    }
  }

  private void note(Holder holder, long bytes) {
    Long before = bytes == 0 ? held.remove(holder) : held.put(holder, bytes);
    total += bytes - (before == null ? 0 : before);
  }
}
