package dev.toxserver.runner;

import dev.toxserver.protocol.InputRequest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Input between the runner's context, which adds to it, and the thread that writes it to the
 * program: at most {@link InputRequest#MAX_BYTES}, with what is being written.
 *
 * <p>Thread-safe.
 */
final class InputBuffer {
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean begun;
  private boolean ended;

  /** Takes what there is room for, from one byte of the data on; how much that is. */
  synchronized int add(byte[] data, int from) {
    int taken = ended ? 0 : Math.min(data.length - from, InputRequest.MAX_BYTES - bytes);
    if (taken > 0) {
      waiting.add(Arrays.copyOfRange(data, from, from + taken));
      bytes += taken;
      notifyAll();
    }
    return taken;
  }

  /** From now on it may be written: the program has passed its gate, which reads a line. */
  synchronized void begin() {
    begun = true;
    notifyAll();
  }

  /** Nothing follows: who writes comes to the end after what is there. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** What is there is not wanted any more, and nothing follows. */
  synchronized void discard() {
    waiting.clear();
    bytes = 0;
    begin();
    end();
  }

  synchronized boolean isEmpty() {
    return bytes == 0;
  }

  /** Waits for the next piece; null at the end. */
  synchronized byte[] next() throws InterruptedException {
    while (!begun || (waiting.isEmpty() && !ended)) {
      wait();
    }
    return waiting.poll();
  }

  /** The piece that was handed out last is written. */
  synchronized void written(byte[] piece) {
    bytes = Math.max(0, bytes - piece.length);
  }
}
