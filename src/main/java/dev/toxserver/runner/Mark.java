package dev.toxserver.runner;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What all processes of one run have in common, wherever they move: an odd soft limit of file
 * locks. Linux has counted no locks since 2.4 (getrlimit(2), RLIMIT_LOCKS), so that nothing is
 * limited by it and nobody has a reason to change it. It outlives fork, exec, setsid, a cleared
 * environment and an overwritten one, takes no privilege, and all users can read it of all
 * processes, in {@code /proc/PID/limits}.
 *
 * @param number 18 digits: no two runs draw the same
 */
record Mark(long number) {
  private static final long LEAST = 100_000_000_000_000_000L;

  static Mark random() {
    return new Mark(ThreadLocalRandom.current().nextLong(LEAST, 10 * LEAST));
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
