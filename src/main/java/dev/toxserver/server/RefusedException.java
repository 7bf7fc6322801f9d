package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;

/** A well-formed request that can't be granted; the message is one line for the user. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  RefusedException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
