package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A run again and again until it fails: each is a run of its own, with its output kept. Those that
 * end with this client it begins itself; those of a detached loop the server begins, and they are
 * followed here.
 */
final class Rounds {
  private final ClientSession session;
  private final Optional<UserInput> user;

  /** Both are guarded by this object: signals come on a thread of their own. */
  private Future<ClientVerticle> client = Future.failedFuture("no round has begun");

  private Outcome stopped;

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
    return inTerminal(request, (vertx, first) -> rounds(vertx, first, request, most, files));
  }

  /**
   * Blocks until a run has ended that no other follows in its loop; how it ended. The user's
   * terminal is given back then.
   */
  Outcome follow(Request.Attach request) {
    return inTerminal(request, this::followed);
  }

  /** The user has typed ^C: a round under way hears of it, and no other begins. */
  void interrupt() {
    stop(new Outcome.Interrupted(), ClientVerticle::interrupt);
  }

  private void terminate(int signal) {
    stop(new Outcome.Terminated(signal), each -> each.terminate(signal));
  }

  private synchronized void stop(Outcome how, Consumer<ClientVerticle> end) {
    stopped = how;
    client.onSuccess(end::accept);
  }

  private synchronized Outcome stopped() {
    return stopped;
  }

  private interface Work {
    Outcome carryOut(Vertx vertx, ClientVerticle first);
  }

  private Outcome inTerminal(Request request, Work work) {
    ClientVerticle first = session.client(request, user);
    first.prepare();
    session.heedSignals(this::interrupt, this::terminate);
    user.flatMap(UserInput::console).ifPresent(session::lend);
    try {
      Vertx vertx = session.engine();
      Outcome outcome = work.carryOut(vertx, first);
      Engine.park(vertx);
      return outcome;
    } finally {
      session.giveBack(user);
    }
  }

  private Outcome rounds(
      Vertx vertx,
      ClientVerticle first,
      Request.Run asked,
      int most,
      Supplier<Optional<GitTree>> files) {
    ClientVerticle next = first;
    Request.Run request = asked;
    for (int round = 1; ; round++) {
      Outcome outcome = round(vertx, next).orElseGet(this::stopped);
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
      request = request.again(RunId.random(), files.get());
      next = session.client(request, user);
    }
  }

  /** By the loop's name: the next round, too, may have left the history before it is asked for. */
  private Outcome followed(Vertx vertx, ClientVerticle first) {
    ClientVerticle client = first;
    Outcome outcome = round(vertx, client).orElseGet(this::stopped);
    while (outcome instanceof Outcome.Exited exited && exited.exit().next().isPresent()) {
      session.terminal().sayVerdict(exited.exit(), exited.usual());
      RunId loop = exited.exit().next().orElseThrow().loop();
      boolean takes = !client.looksOn();
      client =
          session.client(
              new Request.Attach(
                  loop, Optional.of(0L), true, takes ? Role.TAKER : Role.ONLOOKER, 0),
              takes ? user : Optional.empty());
      outcome = round(vertx, client).orElseGet(() -> leave(vertx, loop, takes));
    }
    return outcome;
  }

  /** Between two rounds: whoever has taken the loop ends it, and all others leave it alone. */
  private Outcome leave(Vertx vertx, RunId loop, boolean taken) {
    if (taken) {
      await(begin(vertx, session.client(new Request.CancelRun(loop), Optional.empty())));
    }
    return !taken && stopped() instanceof Outcome.Interrupted ? new Outcome.Left(loop) : stopped();
  }

  /** How a round ended; nothing if it has not begun, since the user wants no more. */
  private Optional<Outcome> round(Vertx vertx, ClientVerticle next) {
    Future<Outcome> ended;
    synchronized (this) {
      if (stopped != null) {
        return Optional.empty();
      }
      ended = begin(vertx, next);
    }
    return Optional.of(await(ended));
  }

  private synchronized Future<Outcome> begin(Vertx vertx, ClientVerticle next) {
    client = vertx.deployVerticle(next).map(next);
    return ClientSession.outcome(vertx, client);
  }

  private static Outcome await(Future<Outcome> outcome) {
    return outcome.toCompletionStage().toCompletableFuture().join();
  }
}
