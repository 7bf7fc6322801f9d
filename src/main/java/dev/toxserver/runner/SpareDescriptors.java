package dev.toxserver.runner;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Descriptors that are kept open for nothing, so that there are some when there are no others. For
 * the time of a loan somebody else in the process may be quicker; then the next loan is smaller
 * until some are free again.
 *
 * <p>Thread-safe: one loan at a time.
 */
final class SpareDescriptors {
  private static final Logger LOG = Logger.getLogger(SpareDescriptors.class.getName());

  /** A look at the processes needs one at a time, and /proc's own while it is listed. */
  private static final int COUNT = 4;

  private static final String NOTHING = "/dev/null";

  private final Deque<FileInputStream> kept = new ArrayDeque<>();

  SpareDescriptors() {
    keep();
  }

  /** Does some work that may use them. */
  synchronized <T> T lend(Callable<T> work) throws Exception {
    close();
    try {
      return work.call();
    } finally {
      keep();
    }
  }

  synchronized void close() {
    while (!kept.isEmpty()) {
      try {
        kept.pop().close();
      } catch (IOException e) {
        LOG.log(Level.FINE, "a spare descriptor", e);
      }
    }
  }

  private void keep() {
    try {
      while (kept.size() < COUNT) {
        kept.push(new FileInputStream(NOTHING));
      }
    } catch (FileNotFoundException e) {
      LOG.log(Level.FINE, "{0} of {1} spare descriptors", new Object[] {kept.size(), COUNT});
    }
  }
}
