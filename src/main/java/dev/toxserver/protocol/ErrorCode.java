package dev.toxserver.protocol;

/** The {@code failureCode} of the bridge's err frames, borrowed from HTTP so that each is known. */
public enum ErrorCode {
  /** The request does not follow the contract; the message names the field. */
  MALFORMED(400),
  /** The server wants a token, and this one is missing or wrong. */
  UNAUTHENTICATED(401),
  /** The server does not let this client do that, or no client. */
  FORBIDDEN(403),
  /** The server does not know the run, or no longer. */
  NOT_FOUND(404),
  /** The run id is taken by a run that has not ended. */
  CONFLICT(409),
  /** The queue is full. */
  BUSY(429),
  /** The server failed; its log says why. */
  INTERNAL(500),
  /** The server is draining and takes no new runs. */
  DRAINING(503);

  private final int number;

  ErrorCode(int number) {
    this.number = number;
  }

  /** What the frame carries. */
  public int number() {
    return number;
  }
}
