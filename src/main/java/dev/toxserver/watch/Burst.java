package dev.toxserver.watch;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Puts together what is saved in quick succession: an editor writes a file in several steps, a
 * branch switch writes thousands. Thread-safe.
 */
final class Burst {
  /** A burst has ended when nothing was saved for so long. */
  static final long QUIET_MILLIS = 80;

  /**
   * One that has gone on for so long is likely to go on, and has ended only after a longer rest.
   */
  static final long SERIES_MILLIS = 40;

  static final long QUIET_AFTER_SERIES_MILLIS = 200;

  /** A burst without an end, as of a log that is written all the time, is cut into such pieces. */
  static final long LONGEST_MILLIS = 2_000;

  /** How long git is waited for; a lock that is older was left behind by one that died. */
  static final long GIT_MILLIS = 30_000;

  /** So many paths are kept; the run is made of all files anyway. */
  static final int MOST_PATHS = 20_000;

  private static final long LOOK_AGAIN_MILLIS = 20;

  private final BooleanSupplier gitIsWriting;
  private final LongSupplier millis;
  private final Set<Path> paths = new LinkedHashSet<>();
  private long first;
  private long last;

  /**
   * Holds nothing yet.
   *
   * @param gitIsWriting whether git is in the middle of changing files
   */
  Burst(BooleanSupplier gitIsWriting) {
    this(gitIsWriting, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  Burst(BooleanSupplier gitIsWriting, LongSupplier millis) {
    this.gitIsWriting = gitIsWriting;
    this.millis = millis;
  }

  /** A file was saved, made or deleted. */
  synchronized void add(Path path) {
    last = millis.getAsLong();
    if (paths.isEmpty()) {
      first = last;
    }
    if (paths.size() < MOST_PATHS) {
      paths.add(path);
    }
    notifyAll();
  }

  /** Blocks until a burst has ended, and takes its paths. */
  synchronized Set<Path> take() throws InterruptedException {
    while (paths.isEmpty()) {
      wait();
    }
    for (long left = millisLeft(); left > 0; left = millisLeft()) {
      wait(left);
    }
    Set<Path> taken = Set.copyOf(paths);
    paths.clear();
    return taken;
  }

  /** How long it is sure to last from now on; 0 when it has ended. */
  synchronized long millisLeft() {
    long now = millis.getAsLong();
    long quiet = last - first > SERIES_MILLIS ? QUIET_AFTER_SERIES_MILLIS : QUIET_MILLIS;
    long left = Math.min(last + quiet, first + LONGEST_MILLIS) - now;
    boolean waitsForGit = left <= 0 && now < first + GIT_MILLIS && gitIsWriting.getAsBoolean();
    return waitsForGit ? LOOK_AGAIN_MILLIS : left;
  }
}
