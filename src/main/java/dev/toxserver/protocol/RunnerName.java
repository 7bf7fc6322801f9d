package dev.toxserver.protocol;

/**
 * What a runner is called: a part of the addresses at which it takes its orders.
 *
 * @param value 1 to 64 of A-Z a-z 0-9 _ -, as a run's id
 */
public record RunnerName(String value) {
  /** The runner in the server's own process. */
  public static final RunnerName LOCAL = new RunnerName("local");

  /**
   * Checks it.
   *
   * @throws MalformedException naming the field {@code name}
   */
  public RunnerName {
    try {
      new RunId(value);
    } catch (MalformedException e) {
      throw new MalformedException("name", "must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
