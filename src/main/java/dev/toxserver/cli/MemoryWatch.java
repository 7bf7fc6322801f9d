package dev.toxserver.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a server that runs out of heap, however Java was started.
 *
 * <p>An OutOfMemoryError hits whoever asks for memory next, and the libraries' threads swallow it:
 * a server would live on deaf, or pass on a run with lines missing. So a reserve is kept that only
 * a soft reference holds. Java lets go of it before it throws the error ({@link SoftReference}
 * promises that), which gives everybody a last bit of memory; meanwhile this says so and leaves,
 * and the guardian ends the runs.
 */
final class MemoryWatch {
  private static final int RESERVE_BYTES = 64 * 1024;

  /**
   * Java also lets go of what has not been used for a while: with less than a megabyte free, for
   * any while, else for at least a second.
   */
  private static final long USED_EVERY_MILLIS = 500;

  /** How long a reader of standard error may hold up the end. */
  private static final long SAYING_SECONDS = 1;

  private static final byte[] OUT_OF_MEMORY =
      "tox-server: out of memory: leaving, and the runs are ended. Give Java more with -Xmx.\n"
          .getBytes(StandardCharsets.UTF_8);

  // Nothing can be made, nor a class be loaded, once others have taken the reserve, too.
  private final Runtime java = Runtime.getRuntime();
  private final int exitCode = ExitCode.ERROR.number();
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
  private final Thread deadline = new Thread(this::leaveInTime, "tox-server-out-of-memory");
  private final ReferenceQueue<byte[]> released = new ReferenceQueue<>();
  private SoftReference<byte[]> reserve;
  private volatile boolean scarce;

  private MemoryWatch() {
    // It does nothing, but the class that halts is loaded with it.
    java.addShutdownHook(new Thread());
  }

  /** Watches from now on, on threads of its own. */
  static void start() {
    MemoryWatch watch = new MemoryWatch();
    Thread thread = new Thread(watch::watch, "tox-server-memory");
    thread.setDaemon(true);
    thread.start();
    watch.deadline.setDaemon(true);
    watch.deadline.start();
  }

  private void watch() {
    try {
      do {
        reserve = new SoftReference<>(new byte[RESERVE_BYTES], released);
        awaitRelease();
      } while (!isScarce());
    } catch (InterruptedException e) {
      return;
    } catch (OutOfMemoryError e) {
      // It is scarce.
    }
    scarce = true;
    LockSupport.unpark(deadline);
    try {
      err.write(OUT_OF_MEMORY);
    } catch (IOException e) {
      // Nobody is there to be told.
    } finally {
      java.halt(exitCode);
    }
  }

  private void awaitRelease() throws InterruptedException {
    while (released.remove(USED_EVERY_MILLIS) == null) {
      reserve.get();
    }
  }

  /**
   * Without its slow compiler, Java also lets go when the heap that it has taken until now is full.
   * Less than half of a full heap may be in use, since large arrays may leave gaps as large.
   */
  private boolean isScarce() {
    return java.totalMemory() - java.freeMemory() > java.maxMemory() / 4;
  }

  private void leaveInTime() {
    while (!scarce) {
      LockSupport.park(this);
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SAYING_SECONDS));
    java.halt(exitCode);
  }
}
