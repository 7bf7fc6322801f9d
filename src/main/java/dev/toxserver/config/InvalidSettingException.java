package dev.toxserver.config;

/**
 * A setting that is missing or wrong; the message is one line for the user and names its source.
 */
public final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries the line for the user. */
  public InvalidSettingException(String message) {
    super(message);
  }
}
