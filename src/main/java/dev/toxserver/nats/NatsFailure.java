package dev.toxserver.nats;

/** What a NATS server, or its absence, has made of a request. */
public final class NatsFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The name is taken: there is a message of that subject. */
  static final int TAKEN = 10_071;

  private static final int STREAM_IS_FULL = 10_077;
  static final int NO_MEMORY = 10_023;
  static final int NO_STORAGE = 10_047;

  /** JetStream is off, or for this account. */
  static final int NOT_ENABLED = 10_076;

  static final int NOT_ENABLED_FOR_ACCOUNT = 10_039;

  /** More than one replica is wanted of a single server. */
  static final int NOT_CLUSTERED = 10_074;

  /** More replicas are wanted than there are servers with room. */
  static final int TOO_FEW = 10_005;

  /** There is no stream of that name. */
  static final int NO_STREAM = 10_059;

  /** There is a stream of that name with another configuration. */
  static final int NAME_TAKEN = 10_058;

  /** There is no message such as is asked for. */
  static final int NO_MESSAGE = 10_037;

  private static final int NO_LEADER = 10_008;

  /** Nobody listens there: JetStream is off, or nobody leads a stream. */
  static final int NOBODY = 503;

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

  /** Whether it may succeed later with nothing changed: there is no leader, or no answer. */
  boolean isPassing() {
    return code == NO_ANSWER || code == NOBODY || code == NO_LEADER;
  }

  /** Whether somebody else was first. */
  public boolean isTaken() {
    return code == TAKEN;
  }

  /** Whether there is no room, so that it may be stored when something else was deleted. */
  public boolean isFull() {
    return code == STREAM_IS_FULL || code == NO_MEMORY || code == NO_STORAGE;
  }
}
