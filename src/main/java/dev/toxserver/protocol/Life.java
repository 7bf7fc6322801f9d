package dev.toxserver.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One run among those that have had the same id, one after the other.
 *
 * @param generation 1 for the first that had it
 */
public record Life(RunId run, int generation) {
  /**
   * The id of the round that follows this one in its loop: the same for whoever works it out, so
   * that a loop which two hubs carry on has one next round.
   */
  public RunId nextRound() {
    return RunId.derivedFrom(digest(toString()));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }

  /** The key of the fact that the run was asked for. */
  public String askedKey() {
    return this + "." + FactName.ASKED;
  }

  /** The beginning of the names of all its facts. */
  @Override
  public String toString() {
    return run + "." + generation;
  }
}
