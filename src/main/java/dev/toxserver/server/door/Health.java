package dev.toxserver.server.door;

/** Whether a server takes runs, as it tells whoever asks for its health. */
public enum Health {
  /** It does. */
  SERVING("serving"),
  /** It was told to leave. */
  DRAINING("draining"),
  /** It can't reach the others with which it shares its runs. */
  CUT_OFF("cut off");

  private final String word;

  Health(String word) {
    this.word = word;
  }

  /** What it is called there. */
  String word() {
    return word;
  }
}
