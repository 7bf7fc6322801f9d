package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.watch.Change;
import dev.toxserver.watch.Loop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** The runs of watch, each by a client of its own. All calls are on the main thread. */
final class WatchSession implements Loop.Runs {
  private final ClientSession session;
  private final Invocation invocation;
  private final UserSide side;
  private final Turns turns;
  private final WatchReport report;
  private final Loop loop = new Loop(this);

  private Vertx vertx;
  private Future<ClientVerticle> client;
  private boolean leaving;
  private boolean answered;

  WatchSession(
      ClientSession session,
      Invocation invocation,
      UserSide side,
      Turns turns,
      WatchReport report) {
    this.session = session;
    this.invocation = invocation;
    this.side = side;
    this.turns = turns;
    this.report = report;
  }

  void start() {
    vertx = session.engine();
    loop.start();
  }

  void saved(Change change) {
    loop.saved(change);
  }

  /** The user has typed ^C: the run under way is ended first, if there is one. */
  void interrupt() {
    leaving = true;
    loop.close();
    if (loop.isRunning()) {
      client.onSuccess(ClientVerticle::interrupt);
    } else {
      turns.leave(session.leave(ExitCode.OK.number()));
    }
  }

  /** A signal ends the client. */
  void terminate(int signal) {
    loop.close();
    if (loop.isRunning()) {
      client.onSuccess(each -> each.terminate(signal));
    } else {
      turns.leave(session.leaveWithout(new Outcome.Terminated(signal)));
    }
  }

  @Override
  public void begin(Change cause) {
    Request.Run request =
        new Request.Run(
            RunId.random(), invocation, session.timeout(), false, Optional.empty(), side);
    report.begun(request.id(), cause);
    ClientVerticle next = session.client(request);
    Future<String> deployed = vertx.deployVerticle(next);
    client = deployed.map(next);
    deployed
        .compose(id -> next.outcome().eventually(() -> vertx.undeploy(id)))
        .onSuccess(outcome -> turns.execute(() -> ended(outcome)));
  }

  @Override
  public void endStale() {
    client.onSuccess(ClientVerticle::cancel);
  }

  private void ended(Outcome outcome) {
    boolean stale = loop.isStale();
    if (outcome instanceof Outcome.Exited exited) {
      answered = true;
      report.ended(exited, stale);
      if (leaving) {
        turns.leave(session.leave(ExitCode.OK.number()));
      }
    } else if (!goesOnAfter(outcome, stale)) {
      turns.leave(session.leaveWithout(outcome));
    }
    loop.ended();
  }

  /**
   * Whether a run without a known end is no reason to leave: a server that has answered before may
   * come back, and what never could be asked for won't do better after a save.
   */
  private boolean goesOnAfter(Outcome outcome, boolean stale) {
    if (outcome instanceof Outcome.Interrupted) {
      // Ended before there was a connection.
      return stale && !leaving;
    }
    String message =
        outcome instanceof Outcome.Failed failed
            ? failed.message()
            : outcome instanceof Outcome.TimedOut timedOut ? timedOut.message() : null;
    if (message == null || !answered || leaving) {
      return false;
    }
    report.unknown(message);
    return true;
  }
}
