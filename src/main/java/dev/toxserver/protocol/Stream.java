package dev.toxserver.protocol;

/** Which of a run's two streams some output belongs to. */
public enum Stream {
  /** Standard output. */
  STDOUT("stdout"),
  /** Standard error. */
  STDERR("stderr");

  private final String wireName;

  Stream(String wireName) {
    this.wireName = wireName;
  }

  /** The stream's name in the contract. */
  public String wireName() {
    return wireName;
  }

  static Stream fromWire(String name) {
    for (Stream stream : values()) {
      if (stream.wireName.equals(name)) {
        return stream;
      }
    }
    throw new MalformedException("stream", "must be stdout or stderr");
  }
}
