package dev.toxserver.nats;

/** What a NATS server, or its absence, has made of a request. */
public final class NatsFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The name is taken: there is a message of that subject. */
  static final int TAKEN = 10_071;

  private static final int STREAM_IS_FULL = 10_077;
  private static final int NO_MEMORY = 10_023;
  private static final int NO_STORAGE = 10_047;

  /** Not the server's own word. */
  static final int NO_ANSWER = 0;

  private final int code;

  /**
   * A failure.
   *
   * @param code of JetStream's errors, or {@link #NO_ANSWER}
   */
  NatsFailure(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether there is no room, so that it may be stored when something else was deleted. */
  boolean isFull() {
    return code == STREAM_IS_FULL || code == NO_MEMORY || code == NO_STORAGE;
  }
}
