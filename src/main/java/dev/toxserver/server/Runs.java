package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Accepts, queues, dispatches, cancels and drains runs. */
final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class.getName());

  private final Vertx vertx;
  private final ServerConfig config;
  private final Connections connections;
  private final RunQueue queue;

  /** Runs whose exit event has not come round, though their place may be free. */
  private final Set<RunId> unfinished = new HashSet<>();

  private final Promise<Void> drained = Promise.promise();
  private final long startedNanos = System.nanoTime();
  private boolean draining;

  Runs(Vertx vertx, ServerConfig config, Connections connections) {
    this.vertx = vertx;
    this.config = config;
    this.connections = connections;
    this.queue = new RunQueue(config.jobs(), config.queueLimit());
  }

  /**
   * Takes a run on. Nothing is said of it until {@link #begin}, so that the answer goes out first.
   *
   * @throws RefusedException if its id is taken, the queue is full or the server drains
   */
  Run accept(Request.Run request, Optional<Connection> requester) {
    if (draining) {
      throw new RefusedException(
          ErrorCode.DRAINING, "the server is shutting down and takes no new runs");
    }
    if (unfinished.contains(request.id())) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: " + request.id() + " is taken by a run that has not ended");
    }
    if (queue.isFull()) {
      throw new RefusedException(
          ErrorCode.BUSY,
          "the queue is full: %d runs are waiting; try again later".formatted(queue.waiting()));
    }
    Run run = new Run(request, requester);
    LOG.log(Level.INFO, "run {0}: accepted", run.id());
    queue.add(run);
    unfinished.add(run.id());
    new OutputFlow(vertx, run, config.patience(), connections)
        .start()
        .onComplete(ended -> ended(run));
    // If a place is free then nobody waits, and the next is this one.
    queue.startNext();
    return run;
  }

  /** Starts an accepted run, or tells it its place in the queue. */
  void begin(Run run) {
    if (run.isWaiting()) {
      tellPosition(run);
      run.request()
          .heartbeatMillis()
          .ifPresent(millis -> new Heartbeat(vertx, run, connections).start(millis));
    } else {
      start(run);
    }
  }

  /** Asks runs to end; how many were asked. */
  int cancel(Request.Cancel request) {
    List<Run> targets =
        request instanceof Request.CancelRun one
            ? queue.find(one.id()).stream().toList()
            : request instanceof Request.CancelCommand all && all.target().equals("run")
                ? List.copyOf(queue.all())
                : List.of();
    // The last first: else each that is taken out would let the next one start.
    for (int i = targets.size() - 1; i >= 0; i--) {
      cancel(targets.get(i));
    }
    return targets.size();
  }

  /** Ends the runs that a lost client had asked for: nobody will read what they print. */
  void requesterLost(Connection connection) {
    for (Run run : List.copyOf(queue.all())) {
      if (run.requester().filter(connection::equals).isPresent()) {
        LOG.log(Level.INFO, "run {0}: its client has gone", run.id());
        cancel(run);
      }
    }
  }

  /** Finishes what is accepted, and accepts nothing new. */
  void drain() {
    if (!draining) {
      draining = true;
      LOG.log(
          Level.INFO,
          "Draining: {0} running, {1} queued",
          new Object[] {queue.running(), queue.waiting()});
      completeIfDrained();
    }
  }

  Future<Void> drained() {
    return drained.future();
  }

  Reply pong() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long uptime = (System.nanoTime() - startedNanos) / 1_000_000;
    return new Reply.Pong(micros, queue.running(), queue.waiting(), config.version(), uptime);
  }

  private void cancel(Run run) {
    if (run.isWaiting()) {
      publish(
          run, new RunEvent.Exit(run.takeSeq(), RunEvent.Exit.CANCELLED, true, Optional.empty()));
      // At once, not when the event comes round: it must never start.
      queue.remove(run);
      run.moveTo(0);
    } else {
      vertx.eventBus().send(Addresses.RUNNER_CANCEL, new RunnerOrder.Cancel(run.id()).toJson());
    }
  }

  /** A run is over, and its exit is about to be published: the next may start. */
  void freePlaceOf(RunId id) {
    queue.find(id).ifPresent(this::freePlace);
  }

  private void ended(Run run) {
    unfinished.remove(run.id());
    freePlace(run);
    completeIfDrained();
  }

  private void freePlace(Run run) {
    queue.remove(run);
    queue.startNext().ifPresent(this::start);
    queue.renumber().forEach(this::tellPosition);
  }

  private void tellPosition(Run run) {
    publish(run, new RunEvent.Queued(run.takeSeq(), run.position()));
  }

  private void start(Run run) {
    RunnerOrder.Start order = new RunnerOrder.Start(run.request(), run.takeSeq());
    vertx
        .eventBus()
        .request(Addresses.RUNNER_START, order.toJson())
        .onFailure(failure -> notStarted(run, order, failure));
  }

  private void notStarted(Run run, RunnerOrder.Start order, Throwable failure) {
    LOG.log(Level.SEVERE, "run " + run.id() + ": no runner took it", failure);
    publish(
        run,
        new RunEvent.Exit(
            order.nextSeq(),
            RunEvent.Exit.NOT_STARTED,
            false,
            Optional.of("the server's runner did not take the run; see the server's log")));
  }

  private void publish(Run run, RunEvent event) {
    vertx.eventBus().publish(Addresses.output(run.id()), RunEventJson.encode(event));
  }

  /** Behind what is on its way to the sockets, the answer to a quit among it. */
  private void completeIfDrained() {
    if (draining && unfinished.isEmpty()) {
      vertx.runOnContext(behind -> drained.tryComplete());
    }
  }
}
