package dev.toxserver.client;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.Usual;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** How a request ended, as the client sees it. */
public sealed interface Outcome {

  /** Why there is no answer, in one line for the user; empty if that is not how it ended. */
  default Optional<String> why() {
    return Optional.empty();
  }

  /** The server answered a request that is no more than a question. */
  record Answered(JsonObject body) implements Outcome {}

  /**
   * A run has ended, and all its output is written.
   *
   * @param exit its last event
   * @param incomplete whether output is missing that the server should have kept
   * @param usual how long such a run usually takes, if the server has said so
   * @param results what came of its environments, if the server collects that
   */
  record Exited(
      RunEvent.Exit exit, boolean incomplete, Optional<Usual> usual, Optional<RunResults> results)
      implements Outcome {}

  /**
   * All that is kept of a run is written; how it ended, or will, was not the question.
   *
   * @param incomplete whether output is missing that the server should have kept
   */
  record Shown(boolean incomplete) implements Outcome {}

  /**
   * The user has left a run that is somebody else's; the run goes on.
   *
   * @param id the run's own, even if {@code last} was asked for
   */
  record Left(RunId id) implements Outcome {}

  /**
   * A round of a loop has left the server's history while this client was away.
   *
   * @param loop the loop's name, by which its newest round is found
   */
  record Missed(RunId loop) implements Outcome {}

  /**
   * There is no answer.
   *
   * @param message one line for the user
   * @param code the number of the {@link ErrorCode} with which the server has refused the request;
   *     0 if it has not
   */
  record Failed(String message, int code) implements Outcome {
    /** For any other reason than that the server refuses. */
    public Failed(String message) {
      this(message, 0);
    }

    /** Whether the server has refused, so that nothing has begun. */
    public boolean isRefusal() {
      return code != 0 && code != ErrorCode.INTERNAL.number();
    }

    /** Whether the server knows no run of the name that was given. */
    public boolean unknown() {
      return code == ErrorCode.NOT_FOUND.number();
    }

    @Override
    public Optional<String> why() {
      return Optional.of(message);
    }
  }

  /** The server was silent for longer than the user accepts; the message is one line. */
  record TimedOut(String message) implements Outcome {
    @Override
    public Optional<String> why() {
      return Optional.of(message);
    }
  }

  /** The user wants to leave at once. */
  record Interrupted() implements Outcome {}

  /**
   * A signal ends the client.
   *
   * @param signal its number
   */
  record Terminated(int signal) implements Outcome {}

  /**
   * The client's standard output can't be written to any more.
   *
   * @param failure what the system says: that nobody reads it, that a disk is full
   */
  record OutputClosed(IOException failure) implements Outcome {}
}
