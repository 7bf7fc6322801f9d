package dev.toxserver.cli;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Engine;
import dev.toxserver.client.Outcome;
import dev.toxserver.protocol.Request;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Several requests of one session, one after another, each by a client of its own, until the user
 * wants no more.
 */
final class Succession {
  private final ClientSession session;
  private Vertx vertx;

  /** Both are guarded by this object: signals come on a thread of their own. */
  private Future<ClientVerticle> client = Future.failedFuture("nothing was asked");

  private Outcome stopped;

  /** Asks for nothing yet. */
  Succession(ClientSession session) {
    this.session = session;
  }

  /** From now on it is ended by ^C and signals. */
  void heedSignals() {
    session.heedSignals(this::interrupt, this::terminate);
  }

  /** Blocks until work is done that makes requests. */
  <T> T during(Supplier<T> work) {
    vertx = session.engine();
    T done = work.get();
    Engine.park(vertx);
    return done;
  }

  /** The user has typed ^C: a request under way hears of it, and no other is begun. */
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

  /** Why nothing more is begun, once that is so. */
  synchronized Optional<Outcome> stopped() {
    return Optional.ofNullable(stopped);
  }

  /** Blocks until a request of its own has ended; how, or why it has not begun. */
  Outcome carryOut(Request request) {
    return carryOut(session.client(request, Optional.empty())).or(this::stopped).orElseThrow();
  }

  /** The same with a client that was made before; nothing if the user wants no more. */
  Optional<Outcome> carryOut(ClientVerticle next) {
    Future<Outcome> ended;
    synchronized (this) {
      if (stopped != null) {
        return Optional.empty();
      }
      ended = begin(next);
    }
    return Optional.of(await(ended));
  }

  /** The same, whatever the user wants: what has to be said to the server at the end. */
  Outcome carryOutLast(Request request) {
    return await(begin(session.client(request, Optional.empty())));
  }

  private synchronized Future<Outcome> begin(ClientVerticle next) {
    client = vertx.deployVerticle(next).map(next);
    return ClientSession.outcome(vertx, client);
  }

  private static Outcome await(Future<Outcome> outcome) {
    return outcome.toCompletionStage().toCompletableFuture().join();
  }
}
