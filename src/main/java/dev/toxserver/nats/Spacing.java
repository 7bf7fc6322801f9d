package dev.toxserver.nats;

import java.util.concurrent.TimeUnit;

/**
 * How far apart the messages of one log are. A server needs half a kilobyte of memory for each name
 * that it keeps; so the more messages a log has, the longer each waits for more events to go with
 * it. What comes after a pause goes at once: a key's echo is never held. An hour of endless lines
 * is 27,000 messages.
 */
final class Spacing {
  private static final long MOST_MILLIS = 250;

  /** So many messages more, and the next have to be a millisecond further apart. */
  private static final int MESSAGES_A_MILLISECOND = 100;

  private long lastNanos;

  /**
   * How long the next message has to wait.
   *
   * @param index how many there are
   * @param nanos the monotonic clock
   * @return 0 if it may go now
   */
  long pauseMillis(long index, long nanos) {
    long apart = Math.min(MOST_MILLIS, index / MESSAGES_A_MILLISECOND);
    return apart == 0 ? 0 : Math.max(0, apart - TimeUnit.NANOSECONDS.toMillis(nanos - lastNanos));
  }

  /** A message goes now. */
  void sent(long nanos) {
    lastNanos = nanos;
  }
}
