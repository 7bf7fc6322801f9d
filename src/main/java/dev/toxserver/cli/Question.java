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
    return show(session, session.carryOut(request), answer);
  }

  /** Shows the answer, or says why there is none; what the client leaves with. */
  static int show(ClientSession session, Outcome outcome, Answer answer) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return session.leaveWithout(outcome);
    }
    try {
      return session.leave(answer.show(answered.body()).number());
    } catch (MalformedException e) {
      return session.leaveWithout(broken(e));
    }
  }

  /** The outcome of a request whose answer is not to be understood. */
  static Outcome broken(MalformedException e) {
    return new Outcome.Failed("the server broke the protocol: " + e.getMessage());
  }
}
