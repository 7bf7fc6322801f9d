package dev.toxserver.server.door;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bound for the bytes that all holders together make the server hold, such as its connections.
 * Beyond it, the one that has held some for the longest is given up, then the next, until the rest
 * fits. An honest client holds some for milliseconds, and so gets through however many others never
 * let go.
 *
 * <p>Belongs to the server's context.
 */
public final class Budget {
  private final long limit;

  /** How much each holds; who has held some for the longest comes first. */
  private final Map<Holder, Long> held = new LinkedHashMap<>();

  private long total;

  /** What holds bytes. */
  public interface Holder {
    /** Lets go of the bytes, and sees to it that no more come. */
    void giveUp();
  }

  /** One of which nobody holds anything. */
  public Budget(long limitBytes) {
    limit = limitBytes;
  }

  /** What all hold together. */
  public long total() {
    return total;
  }

  /**
   * Notes how many bytes a holder has now, 0 for none; it keeps its place in the order until it has
   * none.
   */
  public void hold(Holder holder, long bytes) {
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
