package dev.toxserver.server.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bound for the bytes that all connections together make the server hold. Beyond it, the
 * connection that has held some for the longest is given up, then the next, until the rest fits. An
 * honest client holds some for milliseconds, and so gets through however many others never let go.
 *
 * <p>Belongs to the server's context.
 */
final class Budget {
  private final long limit;

  /** How much each holds; who has held some for the longest comes first. */
  private final Map<Holder, Long> held = new LinkedHashMap<>();

  private long total;

  /** What holds bytes of one connection. */
  interface Holder {
    /** Lets go of the bytes, and cuts the connection off. */
    void giveUp();
  }

  Budget(long limitBytes) {
    limit = limitBytes;
  }

  /** What all hold together. */
  long total() {
    return total;
  }

  /** Notes how many bytes a holder has now; it keeps its place in the order until it has none. */
  void hold(Holder holder, long bytes) {
    note(holder, bytes);
    while (total > limit) {
      Holder oldest = held.keySet().iterator().next();
      // Before it is cut off, which may call back here.
      note(oldest, 0);
      oldest.giveUp();
    }
  }

  private void note(Holder holder, long bytes) {
    Long before = bytes == 0 ? held.remove(holder) : held.put(holder, bytes);
    total += bytes - (before == null ? 0 : before);
  }
}
