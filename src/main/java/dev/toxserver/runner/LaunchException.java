package dev.toxserver.runner;

import dev.toxserver.protocol.RunEvent;
import java.io.IOException;

/** A program can't be started; the message is one line for the user. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int returncode;

  LaunchException(int returncode, String message) {
    super(message);
    this.returncode = returncode;
  }

  /**
   * Makes one line of Java's message, which has up to nine and names the command that was put
   * before the program.
   */
  static LaunchException of(String program, IOException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String text = String.valueOf(cause.getMessage());
    String reason =
        text.contains("Resource temporarily unavailable")
            ? "no process can be had, a limit of the machine or the container is reached"
            : text.lines().findFirst().orElse("");
    return new LaunchException(
        RunEvent.Exit.NOT_STARTED, "the server could not start " + program + ": " + reason);
  }

  /** The code that a shell would end with: 127 if there is no such program, else 126. */
  int returncode() {
    return returncode;
  }
}
