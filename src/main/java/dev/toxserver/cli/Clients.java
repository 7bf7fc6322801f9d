package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The requests of one command, several at once if need be, each by a client and over a connection
 * of its own: what one of them hears, all do. All calls are on the main thread.
 */
final class Clients {
  private final ClientSession session;
  private final Turns turns;
  private final Set<Future<ClientVerticle>> clients = new LinkedHashSet<>();

  private Vertx engine;

  Clients(ClientSession session, Turns turns) {
    this.session = session;
    this.turns = turns;
  }

  /**
   * Begins one.
   *
   * @param terminal its own
   * @param ended takes how it ended, on the main thread, when its client is gone
   */
  void begin(Request request, Terminal terminal, Consumer<Outcome> ended) {
    begin(session.client(request, terminal), ended);
  }

  /** The same on the session's terminal, with what its run is handed. */
  void begin(Request request, Optional<UserInput> user, Consumer<Outcome> ended) {
    begin(session.client(request, user), ended);
  }

  /**
   * One with a client that was made before.
   *
   * @return ends it at once, if it has not ended; a run that is detached, or somebody else's, goes
   *     on
   */
  Runnable begin(ClientVerticle client, Consumer<Outcome> ended) {
    Vertx vertx = engine();
    Future<ClientVerticle> deployed = vertx.deployVerticle(client).map(client);
    clients.add(deployed);
    ClientSession.outcome(vertx, deployed)
        .onSuccess(
            outcome ->
                turns.execute(
                    () -> {
                      clients.remove(deployed);
                      ended.accept(outcome);
                    }));
    return () -> deployed.onSuccess(each -> each.terminate(0));
  }

  /** Does something again and again, on the main thread. */
  void every(long millis, Runnable task) {
    engine().setPeriodic(millis, timer -> turns.execute(task));
  }

  /**
   * Does something once, later, on the main thread.
   *
   * @return takes that back
   */
  Runnable after(long millis, Runnable task) {
    long timer = engine().setTimer(millis, fired -> turns.execute(task));
    return () -> engine().cancelTimer(timer);
  }

  /** Whether all that were begun have ended. */
  boolean haveEnded() {
    return clients.isEmpty();
  }

  /** The user has typed ^C. */
  void interrupt() {
    tell(ClientVerticle::interrupt);
  }

  /** None of their runs is wanted any more; all are waited for. May be called once. */
  void cancel() {
    tell(ClientVerticle::cancel);
  }

  /** A signal ends the client. */
  void terminate(int signal) {
    tell(client -> client.terminate(signal));
  }

  /** Nothing more is begun or heard, so that the process can end without a wait. */
  void close() {
    Engine.park(engine());
  }

  private Vertx engine() {
    if (engine == null) {
      engine = session.engine();
    }
    return engine;
  }

  private void tell(Consumer<ClientVerticle> what) {
    List.copyOf(clients).forEach(client -> client.onSuccess(what::accept));
  }
}
