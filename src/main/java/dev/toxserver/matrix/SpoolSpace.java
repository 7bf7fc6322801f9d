package dev.toxserver.matrix;

/** How much output may be kept at once, for all runs of a matrix together. Not thread-safe. */
public final class SpoolSpace {
  /** What one client keeps at most: temporary files are in memory on many systems. */
  public static final long USUAL_BYTES = 256L * 1024 * 1024;

  private long left;

  /** All of it is free. */
  public SpoolSpace(long bytes) {
    left = bytes;
  }

  /** Takes so many bytes of it, if they are free; whether they were. */
  boolean take(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  void giveBack(long bytes) {
    left += bytes;
  }
}
