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
 * Descriptors that are kept open to be closed when no others are free, for work that must be done
 * all the same. Another thread may take them first: then fewer are kept, and the next loan is
 * smaller, until some are free again.
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

  /** Closes them, does the work, and opens as many again as can be had. */
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
