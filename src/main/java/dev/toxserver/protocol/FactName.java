package dev.toxserver.protocol;

/** The last parts of the keys of facts: each says what is decided under it. */
final class FactName {
  static final String ASKED = "asked";
  static final String CANCEL = "cancel";
  static final String PLACED = "placed";
  static final String ENDED = "ended";
  static final String AT = "at";

  private FactName() {}

  static String placed(int number) {
    return PLACED + "." + number;
  }

  static String ended(int number) {
    return ENDED + "." + number;
  }

  static String at(int number) {
    return AT + "." + number;
  }
}
