package dev.toxserver.protocol;

/**
 * The place of a run in a loop, which the server runs again and again until it fails.
 *
 * @param loop the id of its first run, which names the loop
 * @param number 1 for the first
 */
public record Round(RunId loop, int number) {
  /** The first of a loop. */
  public static Round first(RunId loop) {
    return new Round(loop, 1);
  }

  /** The one after it. */
  public Round next() {
    return new Round(loop, number + 1);
  }
}
