package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several requests of one command at once, each by a client and over a connection of its own: what
 * one of them hears, all do. All calls are on the main thread.
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
    Vertx vertx = engine();
    ClientVerticle client = session.client(request, terminal);
    Future<ClientVerticle> deployed = vertx.deployVerticle(client).map(client);
    clients.add(deployed);
    ClientSession.outcome(vertx, deployed)
        .otherwise(failure -> new Outcome.Failed("tox-server: the client can't start: " + failure))
        .onSuccess(
            outcome ->
                turns.execute(
                    () -> {
                      clients.remove(deployed);
                      ended.accept(outcome);
                    }));
  }

  /** Does something again and again, on the main thread. */
  void every(long millis, Runnable task) {
    engine().setPeriodic(millis, timer -> turns.execute(task));
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
