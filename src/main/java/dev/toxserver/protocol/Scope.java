package dev.toxserver.protocol;

import java.util.Locale;

/** How much a token may. Each may all that those before it may. */
public enum Scope {
  /** Read one run, whose link it is, and see nothing else. */
  LINK,
  /** See which runs there are, and read them. */
  READ,
  /** Run tox, and end and type into its own runs: those that were asked for with it. */
  RUN,
  /** All that the server's own token may, but make and revoke tokens. */
  ALL;

  /** The name in the contract. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The scope of a name.
   *
   * @throws MalformedException naming the field {@code may}
   */
  public static Scope fromWire(String name) {
    for (Scope scope : values()) {
      if (scope.wireName().equals(name)) {
        return scope;
      }
    }
    throw unknown();
  }

  /**
   * The same for what can be chosen: a link comes of a run alone.
   *
   * @throws MalformedException naming the field {@code may}
   */
  public static Scope chosen(String name) {
    Scope scope = fromWire(name);
    if (scope == LINK) {
      throw unknown();
    }
    return scope;
  }

  private static MalformedException unknown() {
    return new MalformedException("may", "must be read, run or all");
  }
}
