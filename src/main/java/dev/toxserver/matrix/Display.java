package dev.toxserver.matrix;

import dev.toxserver.protocol.Stream;

/**
 * How the output of several runs comes together on one screen. Runs are called by their place in
 * the matrix, from 0. Not thread-safe: all calls are on one thread, that of its {@link Sink}.
 */
public interface Display {

  /** A run has begun; a line says so, where its output stands. */
  void begun(int run, String line);

  /** A run has printed something; the array is not changed any more. */
  void output(int run, Stream stream, byte[] data);

  /** Nobody wants to see a run's output any more, unless it is live: only its end is shown. */
  void leaveOut(int run);

  /** A run has ended; a line says how, behind its output. */
  void ended(int run, String line);

  /** Whether a run's output goes straight to the screen, and so has to wait for a slow one. */
  boolean isLive(int run);
}
