package dev.toxserver.protocol;

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
    return RunId.derivedFrom(Sha256.of(toString()));
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
