package dev.toxserver.runner;

import java.io.File;

/**
 * When a run began, to tell at a glance which processes are older: a process's folder in /proc has
 * the time at which somebody first looked at it (proc_pid_make_inode in Linux's fs/proc/base.c).
 * Who was looked at before the run began is none of the run's. That is one call for each process;
 * to read its start time takes five, and where many others run, most of a short run's end.
 *
 * <p>A clock that was set back would make the run's processes look older. It is noticed by the
 * clock that nobody sets, and then every process has to be read.
 */
final class Beginning {
  /** How far a folder must lie before the run, and half of it: how far the clocks may differ. */
  private static final long MARGIN_MILLIS = 2_000;

  private final long rootSeenMillis;
  private final long setByOthersMillis;
  private final long steadyNanos;

  /**
   * The beginning of a run whose program waits at its gate: it has started no process yet.
   *
   * @param root the program's folder in /proc
   */
  Beginning(File root) {
    this(root.lastModified(), System.currentTimeMillis(), System.nanoTime());
  }

  /** For tests: a beginning that was seen at a time, when the two clocks showed others. */
  Beginning(long rootSeenMillis, long setByOthersMillis, long steadyNanos) {
    this.rootSeenMillis = rootSeenMillis;
    this.setByOthersMillis = setByOthersMillis;
    this.steadyNanos = steadyNanos;
  }

  /** Whether the clock was not set back since, and {@link #isAfter} can be believed. */
  boolean canTell() {
    long gone = (System.nanoTime() - steadyNanos) / 1_000_000;
    return System.currentTimeMillis() - setByOthersMillis >= gone - MARGIN_MILLIS / 2;
  }

  /** Whether a process is older, by its folder; false if that can't be seen, or if it is gone. */
  boolean isAfter(File process) {
    long seen = process.lastModified();
    return seen > 0 && seen < rootSeenMillis - MARGIN_MILLIS;
  }
}
