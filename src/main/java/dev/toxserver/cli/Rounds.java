package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run again and again until it fails: each is a run of its own, with its output kept. Those that
 * end with this client it begins itself; those of a detached loop the server begins, and they are
 * followed here.
 */
final class Rounds {
  private final ClientSession session;
  private final Optional<UserInput> user;
  private final Succession succession;

  /**
   * Begins nothing yet.
   *
   * @param user what the user has to hand on to the runs, if anything
   */
  Rounds(ClientSession session, Optional<UserInput> user) {
    this.session = session;
    this.user = user;
    this.succession = new Succession(session);
  }

  /**
   * Blocks until a run has not passed, or so many have; how the last one ended. The user's terminal
   * is given back then.
   *
   * @param files tells the git tree that each run but the first tests, if it is told
   */
  Outcome untilFail(Request.Run request, int most, Supplier<Optional<GitTree>> files) {
    return inTerminal(request, first -> rounds(first, request, most, files));
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
    succession.interrupt();
  }

  private Outcome inTerminal(Request request, Function<ClientVerticle, Outcome> work) {
    ClientVerticle first = session.client(request, user);
    first.prepare();
    succession.heedSignals();
    user.flatMap(UserInput::console).ifPresent(session::lend);
    try {
      return succession.during(() -> work.apply(first));
    } finally {
      session.giveBack(user);
    }
  }

  private Outcome rounds(
      ClientVerticle first, Request.Run asked, int most, Supplier<Optional<GitTree>> files) {
    ClientVerticle next = first;
    Request.Run request = asked;
    for (int round = 1; ; round++) {
      Outcome outcome = succession.carryOut(next).or(succession::stopped).orElseThrow();
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
  private Outcome followed(ClientVerticle first) {
    ClientVerticle client = first;
    Outcome outcome = succession.carryOut(client).or(succession::stopped).orElseThrow();
    for (Optional<RunId> goesOn = loopAfter(outcome);
        goesOn.isPresent();
        goesOn = loopAfter(outcome)) {
      RunId loop = goesOn.get();
      boolean takes = !client.looksOn();
      client =
          session.client(
              new Request.Attach(
                  loop, Optional.of(0L), true, takes ? Role.TAKER : Role.ONLOOKER, 0),
              takes ? user : Optional.empty());
      outcome = succession.carryOut(client).orElseGet(() -> leave(loop, takes));
    }
    return outcome;
  }

  /** The name of the loop that goes on after a round, if it does. */
  private Optional<RunId> loopAfter(Outcome outcome) {
    if (outcome instanceof Outcome.Missed missed) {
      session
          .terminal()
          .say(
              "tox-server: the server does not know the round any more; the newest of its loop follows");
      return Optional.of(missed.loop());
    }
    if (outcome instanceof Outcome.Exited exited && exited.exit().next().isPresent()) {
      session.terminal().sayVerdict(exited.exit(), exited.usual());
      return exited.exit().next().map(RunEvent.Next::loop);
    }
    return Optional.empty();
  }

  /** Between two rounds: whoever has taken the loop ends it, and all others leave it alone. */
  private Outcome leave(RunId loop, boolean taken) {
    if (taken) {
      succession.carryOutLast(new Request.CancelRun(loop));
    }
    Outcome stopped = succession.stopped().orElseThrow();
    return !taken && stopped instanceof Outcome.Interrupted ? new Outcome.Left(loop) : stopped;
  }
}
