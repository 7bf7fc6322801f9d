package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import io.vertx.core.json.JsonObject;

/** A request that has one answer and no run: it is asked, and the client leaves. */
final class Question {
  /** Shows the user an answer. */
  interface Answer {
    /**
     * Shows it; what the client leaves with.
     *
     * @throws MalformedException if the server broke the protocol
     */
    ExitCode show(JsonObject body);
  }

  private Question() {}

  /** Asks; blocks until the answer is shown, or it is said why there is none. */
  static int ask(ClientSession session, Request request, Answer answer) {
    Outcome outcome = session.carryOut(request);
    if (!(outcome instanceof Outcome.Answered answered)) {
      return session.leaveWithout(outcome);
    }
    try {
      return session.leave(answer.show(answered.body()).number());
    } catch (MalformedException e) {
      return session.leaveWithout(
          new Outcome.Failed("the server broke the protocol: " + e.getMessage()));
    }
  }
}
