package dev.toxserver.server.door;

import dev.toxserver.protocol.ErrorCode;

/** A well-formed request that can't be granted; the message is one line for the user. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** Says why, and under which code. */
  public RefusedException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** What a program makes of it. */
  public ErrorCode code() {
    return code;
  }
}
