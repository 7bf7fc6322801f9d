package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.delivery.Attachments;
import dev.toxserver.server.delivery.OutputFlow;
import dev.toxserver.server.delivery.Presence;
import dev.toxserver.server.delivery.Requester;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunLog;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Accepts, queues, dispatches, cancels and drains runs. */
final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class.getName());

  private final Vertx vertx;
  private final ServerConfig config;
  private final Connections connections;
  private final Dispatcher dispatcher;
  private final RunQueue queue;
  private final History history;
  private final Catalogue catalogue;
  private final Presence presence;
  private final Attachments attachments;

  private final Promise<Void> drained = Promise.promise();
  private final long startedNanos = System.nanoTime();
  private boolean draining;
  private int signals;

  Runs(Vertx vertx, ServerConfig config, Connections connections) {
    this.vertx = vertx;
    this.config = config;
    this.connections = connections;
    this.dispatcher = new Dispatcher(vertx);
    this.queue = new RunQueue(config.jobs(), config.queueLimit());
    this.history =
        new History(
            vertx,
            config.keeping().folder(),
            config.keeping().spoolBytes(),
            config.keeping().runs());
    this.catalogue = new Catalogue(history);
    this.presence = new Presence(vertx, config.patience(), this::requesters, this::givenUp);
    this.attachments =
        new Attachments(vertx, config.patience(), catalogue, presence, this::completeIfDrained);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Attachments attachments() {
    return attachments;
  }

  /** Finds what an earlier server has kept. */
  Future<Void> open() {
    presence.watch();
    return history.open();
  }

  /** Completes when all that is to be kept is kept. */
  Future<Void> close() {
    return history.close();
  }

  /**
   * Takes a run on. Nothing is said of it until {@link #begin}, so that the answer goes out first.
   *
   * @throws RefusedException if its id is taken, the queue is full or the server drains
   */
  Run accept(Request.Run request, Optional<Connection> connection) {
    if (draining) {
      throw new RefusedException(
          ErrorCode.DRAINING, "the server is shutting down and takes no new runs");
    }
    if (catalogue.unfinished(request.id()).isPresent()) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: " + request.id() + " is taken by a run that has not ended");
    }
    if (queue.isFull()) {
      throw new RefusedException(
          ErrorCode.BUSY,
          "the queue is full: %d runs are waiting; try again later".formatted(queue.waiting()));
    }
    if (history.isBehind()) {
      throw new RefusedException(
          ErrorCode.BUSY, "the disk is too slow for so many runs; try again later");
    }
    Request.Run complete = request.rerun().map(again -> repeat(request, again)).orElse(request);
    RunLog log =
        history.begin(
            RunRecord.accepted(complete.id(), complete.args(), complete.detached()),
            trouble -> dispatcher.tellOfTrouble(complete.id(), trouble));
    Requester requester = new Requester(complete.id(), connection, complete.detached());
    Run run = new Run(complete);
    run.begin(
        new OutputFlow(
            vertx,
            log,
            requester,
            history,
            config.patience(),
            connections,
            seq -> dispatcher.acknowledge(run, seq)));
    LOG.log(Level.INFO, "run {0}: accepted", run.id());
    queue.add(run);
    catalogue.add(run);
    run.flow().start().onComplete(ended -> ended(run));
    // If a place is free then nobody waits, and the next is this one.
    queue.startNext();
    return run;
  }

  /** Starts an accepted run, or tells it its place in the queue. */
  void begin(Run run) {
    if (run.isWaiting()) {
      dispatcher.tellPosition(run);
      run.request()
          .heartbeatMillis()
          .ifPresent(millis -> new Heartbeat(vertx, run, connections).start(millis));
    } else {
      start(run);
    }
  }

  /**
   * Asks runs to end; how many were asked.
   *
   * @throws RefusedException if one run was meant and there is none of that id
   */
  int cancel(Request.Cancel request) {
    List<Run> targets =
        request instanceof Request.CancelRun one
            ? queue.find(catalogue.find(one.id()).id()).stream().toList()
            : request instanceof Request.CancelCommand all && all.target().equals("run")
                ? List.copyOf(queue.all())
                : List.of();
    // The last first: else each that is taken out would let the next one start.
    for (int i = targets.size() - 1; i >= 0; i--) {
      cancel(targets.get(i));
    }
    return targets.size();
  }

  /** A client has gone: its runs wait for it for a while. */
  void requesterLost(Connection connection) {
    presence.lost(connection);
  }

  /** Finishes what is accepted, and accepts nothing new. */
  void drain() {
    if (!draining) {
      draining = true;
      if (catalogue.isQuiet() && !isDone()) {
        LOG.log(LogLevel.NOTICE, "Draining: some clients have not read all of their runs");
      } else {
        LOG.log(
            isDone() ? Level.INFO : LogLevel.NOTICE,
            "Draining: {0} running, {1} queued",
            new Object[] {queue.running(), queue.waiting()});
      }
      completeIfDrained();
    }
  }

  /** The first signal drains; each later one also cancels what is left. */
  void signalled() {
    drain();
    if (catalogue.isQuiet()) {
      return;
    }
    if (signals++ == 0) {
      LOG.log(LogLevel.NOTICE, "^C again to cancel them");
    } else {
      LOG.log(LogLevel.NOTICE, "Cancelling {0}", queue.all().size());
      cancel(new Request.CancelCommand("run"));
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

  private Request.Run repeat(Request.Run request, RunId again) {
    return request.withArgs(catalogue.find(again).record().args());
  }

  /** Its client is not expected any more. */
  private void givenUp(Requester requester) {
    catalogue
        .unfinished(requester.id())
        .filter(run -> run.flow().requester() == requester)
        .ifPresent(
            run -> {
              if (!run.request().detached()) {
                cancel(run);
              }
              run.flow().acknowledge();
            });
    completeIfDrained();
  }

  private List<Requester> requesters() {
    return queue.all().stream().map(run -> run.flow().requester()).toList();
  }

  private void start(Run run) {
    history.update(run.log(), run.log().record().startedNow());
    dispatcher.start(run);
  }

  private void cancel(Run run) {
    run.flow().requester().dispensable();
    if (run.isWaiting()) {
      dispatcher.tellCancelled(run);
      // At once, not when the event comes round: it must never start.
      queue.remove(run);
      run.leaveQueue();
    } else {
      dispatcher.end(run);
    }
  }

  /** A run is over, and its exit is about to be published: the next may start. */
  void freePlaceOf(RunId id) {
    queue.find(id).ifPresent(this::freePlace);
  }

  private void ended(Run run) {
    catalogue.remove(run);
    freePlace(run);
    completeIfDrained();
  }

  private void freePlace(Run run) {
    queue.remove(run);
    queue.startNext().ifPresent(this::start);
    queue.renumber().forEach(dispatcher::tellPosition);
  }

  /** Behind what is on its way to the sockets, the answer to a quit among it. */
  private void completeIfDrained() {
    if (draining && isDone()) {
      vertx.runOnContext(behind -> drained.tryComplete());
    }
  }

  private boolean isDone() {
    return catalogue.isQuiet() && attachments.isIdle() && !presence.isAnyoneAway();
  }
}
