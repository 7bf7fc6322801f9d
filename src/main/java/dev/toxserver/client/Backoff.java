package dev.toxserver.client;

/** How long to wait before the next try: a moment at first, then longer and longer. */
final class Backoff {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 1_000;

  private long next = FIRST_MILLIS;

  /** The wait before the next try; the one after it is twice as long, up to a bound. */
  long nextMillis() {
    long now = next;
    next = Math.min(next * 2, LONGEST_MILLIS);
    return now;
  }

  /** Begins with the shortest wait again. */
  void reset() {
    next = FIRST_MILLIS;
  }
}
