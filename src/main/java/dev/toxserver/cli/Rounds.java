package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Verdict;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** A run again and again until it fails: each is a run of its own, with its output kept. */
final class Rounds {
  private final ClientSession session;
  private final Optional<UserInput> user;

  private volatile Future<ClientVerticle> client = Future.failedFuture("no round has begun");
  private volatile boolean interrupted;

  /**
   * Begins nothing yet.
   *
   * @param user what the user has to hand on to the runs, if anything
   */
  Rounds(ClientSession session, Optional<UserInput> user) {
    this.session = session;
    this.user = user;
  }

  /**
   * Blocks until a run has not passed, or so many have; how the last one ended. The user's terminal
   * is given back then.
   */
  Outcome untilFail(Request.Run request, int most) {
    session.heedSignals(
        () -> {
          interrupted = true;
          client.onSuccess(ClientVerticle::interrupt);
        },
        signal -> client.onSuccess(each -> each.terminate(signal)));
    user.flatMap(UserInput::console).ifPresent(session::lend);
    try {
      return rounds(session.engine(), request, most);
    } finally {
      session.giveBack(user);
    }
  }

  private Outcome rounds(Vertx vertx, Request.Run request, int most) {
    for (int round = 1; ; round++) {
      Outcome outcome = round(vertx, request.with(RunId.random()));
      if (!(outcome instanceof Outcome.Exited exited)) {
        return outcome;
      }
      boolean passed = Verdict.isGood(exited.exit());
      if (!passed || round == most) {
        session
            .terminal()
            .say(passed ? round + " runs, and none has failed." : "Run " + round + ":");
        return outcome;
      }
      session.terminal().sayVerdict(exited.exit(), exited.usual());
      if (interrupted) {
        return new Outcome.Interrupted();
      }
    }
  }

  private Outcome round(Vertx vertx, Request.Run request) {
    ClientVerticle next = session.client(request, user);
    client = vertx.deployVerticle(next).map(next);
    return ClientSession.outcome(vertx, client).toCompletionStage().toCompletableFuture().join();
  }
}
