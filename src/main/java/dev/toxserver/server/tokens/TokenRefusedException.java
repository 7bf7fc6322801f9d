package dev.toxserver.server.tokens;

import dev.toxserver.protocol.ErrorCode;

/** A token can't be made or revoked; the message is one line for the user. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  TokenRefusedException(ErrorCode code, String why) {
    super(why);
    this.code = code;
  }

  /** What a program makes of it. */
  public ErrorCode code() {
    return code;
  }
}
