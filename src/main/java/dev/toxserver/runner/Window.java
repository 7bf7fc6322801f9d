package dev.toxserver.runner;

/**
 * How much of a run's output may be under way between the program's pipe and its readers. When it
 * is used up, the pipe is no longer read, and the program blocks as it would on a local terminal.
 *
 * <p>Thread-safe: readers take, the runner's context gives back.
 */
final class Window {
  /** What a chunk costs beside its bytes: the event around them, so that small ones are bounded. */
  private static final int OVERHEAD = 512;

  private final long capacity;
  private long used;
  private boolean open;

  Window(int capacity) {
    this.capacity = capacity;
  }

  static int cost(byte[] chunk) {
    return chunk.length + OVERHEAD;
  }

  /** Waits until so much is free, or all of it if more is asked for than there is. */
  synchronized void acquire(int bytes) throws InterruptedException {
    while (!open && used > 0 && used + bytes > capacity) {
      wait();
    }
    used += bytes;
  }

  synchronized void release(int bytes) {
    used -= bytes;
    notifyAll();
  }

  /** Lets everything through from now on. */
  synchronized void open() {
    open = true;
    notifyAll();
  }
}
