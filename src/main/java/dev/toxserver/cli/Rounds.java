package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run again and again until it fails: each is a run of its own, with its output kept. Those that
 * end with this client it begins itself; those of a detached loop the server begins, and they are
 * followed here.
 */
final class Rounds {
  private final ClientSession session;
  private final Optional<UserInput> user;

  private volatile Future<ClientVerticle> client = Future.failedFuture("no round has begun");
  private volatile Outcome stopped;

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
   *
   * @param files tells the git tree that each run but the first tests, if it is told
   */
  Outcome untilFail(Request.Run request, int most, Supplier<Optional<GitTree>> files) {
    return inTerminal(vertx -> rounds(vertx, request, most, files));
  }

  /**
   * Blocks until a run has ended that no other follows in its loop; how it ended. The user's
   * terminal is given back then.
   */
  Outcome follow(Request.Attach request) {
    return inTerminal(vertx -> followed(vertx, request));
  }

  private interface Work {
    Outcome carryOut(Vertx vertx);
  }

  private Outcome inTerminal(Work work) {
    session.heedSignals(
        () -> {
          stopped = new Outcome.Interrupted();
          client.onSuccess(ClientVerticle::interrupt);
        },
        signal -> {
          stopped = new Outcome.Terminated(signal);
          client.onSuccess(each -> each.terminate(signal));
        });
    user.flatMap(UserInput::console).ifPresent(session::lend);
    try {
      return work.carryOut(session.engine());
    } finally {
      session.giveBack(user);
    }
  }

  private Outcome rounds(
      Vertx vertx, Request.Run first, int most, Supplier<Optional<GitTree>> files) {
    Request.Run request = first;
    for (int round = 1; ; round++) {
      Outcome outcome = round(vertx, request);
      if (!(outcome instanceof Outcome.Exited exited)) {
        return outcome;
      }
      boolean passed = exited.exit().isGood();
      if (!passed || round == most) {
        session
            .terminal()
            .say(passed ? round + " runs, and none has failed." : "Run " + round + ":");
        return outcome;
      }
      session.terminal().sayVerdict(exited.exit(), exited.usual());
      if (stopped != null) {
        return stopped;
      }
      request = request.again(RunId.random(), files.get());
    }
  }

  private Outcome followed(Vertx vertx, Request.Attach first) {
    Request.Attach request = first;
    while (true) {
      Outcome outcome = round(vertx, request);
      if (!(outcome instanceof Outcome.Exited exited) || exited.exit().next().isEmpty()) {
        return outcome;
      }
      session.terminal().sayVerdict(exited.exit(), exited.usual());
      RunId next = exited.exit().next().orElseThrow();
      if (stopped != null) {
        return stopped instanceof Outcome.Interrupted ? new Outcome.Left(next) : stopped;
      }
      request = new Request.Attach(next, Optional.of(0L), true, first.role(), 0);
    }
  }

  private Outcome round(Vertx vertx, Request request) {
    ClientVerticle next = session.client(request, user);
    client = vertx.deployVerticle(next).map(next);
    return ClientSession.outcome(vertx, client).toCompletionStage().toCompletableFuture().join();
  }
}
