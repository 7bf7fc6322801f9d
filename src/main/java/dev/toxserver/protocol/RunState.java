package dev.toxserver.protocol;

import java.util.Locale;
import java.util.stream.Stream;

/** What has become of a run so far. */
public enum RunState {
  /** It waits for its turn. */
  QUEUED,
  /** It is under way. */
  RUNNING,
  /** tox left with 0. */
  PASSED,
  /** tox left with something else, or could not be started. */
  FAILED,
  /** It was asked to end, and did. */
  CANCELLED,
  /** The server or its runner died before it had ended: nobody knows how it would have ended. */
  LOST;

  /** The state's name in the contract. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more is to come of it. */
  public boolean isOver() {
    return this != QUEUED && this != RUNNING;
  }

  /**
   * The state that has a name in the contract.
   *
   * @throws MalformedException naming the field {@code state}
   */
  public static RunState fromWire(String name) {
    return Stream.of(values())
        .filter(state -> state.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> new MalformedException("state", "is unknown: " + name));
  }
}
