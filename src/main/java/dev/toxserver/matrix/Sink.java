package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;

/**
 * The screen, pipe or file that a matrix is shown on. All calls, and all calls back, are on one
 * thread; it never calls back before a call has returned.
 */
public interface Sink {

  /** Writes bytes of a run's, unchanged. Never waits: see {@link #isFull}. */
  void write(Stream stream, byte[] data);

  /** Whether whoever writes much had better wait for {@link #onDrained}. */
  boolean isFull();

  /** Calls back once, when it can take more. */
  void onDrained(Runnable callback);

  /**
   * Says a line on standard error: behind all that was written before, on either stream, and before
   * all that is written once it calls back.
   */
  void say(String line, Runnable then);
}
