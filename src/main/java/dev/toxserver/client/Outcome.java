package dev.toxserver.client;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** How a request ended, as the client sees it. */
public sealed interface Outcome {

  /** The server answered a ping, cancel or quit. */
  record Answered(JsonObject body) implements Outcome {}

  /**
   * A run has ended, and all its output is written.
   *
   * @param returncode tox's own exit code, or what stands for it
   * @param error why the program could not be started, in one line
   */
  record Exited(int returncode, Optional<String> error) implements Outcome {}

  /** It did not come to an answer; the message is one line for the user. */
  record Failed(String message) implements Outcome {}

  /** The server was silent for longer than the user accepts; the message is one line. */
  record TimedOut(String message) implements Outcome {}

  /** The user wants to leave at once. */
  record Interrupted() implements Outcome {}

  /** Nobody reads the client's standard output any more. */
  record OutputClosed() implements Outcome {}
}
