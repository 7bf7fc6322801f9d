package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunSpan;
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
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.shared.Hub;
import dev.toxserver.server.tokens.Rights;
import dev.toxserver.server.trace.Tracer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Accepts runs, and has them started in their turn. Belongs to the server's context. */
final class Runs {
  private static final Logger LOG = Logger.getLogger(Runs.class.getName());

  private final Vertx vertx;
  private final ServerConfig config;
  private final Connections connections;
  private final Dispatcher dispatcher;
  private final RunQueue queue;
  private final History history;
  private final Catalogue catalogue;
  private final Cancellations cancellations;
  private final Scheduler scheduler;
  private final Optional<Mirror> mirror;
  private final Admission admission;
  private final Inputs inputs;
  private final Presence presence;
  private final Attachments attachments;
  private final Optional<Tracer> tracer;
  private final Drain drain;
  private final Pings pings;

  /**
   * None yet.
   *
   * @param hub what is shared with other servers; without it, this one is by itself
   */
  Runs(
      Vertx vertx, ServerConfig config, Connections connections, Roster roster, Optional<Hub> hub) {
    this.vertx = vertx;
    this.config = config;
    this.connections = connections;
    this.dispatcher = new Dispatcher(vertx);
    this.queue = new RunQueue(config.places(), roster);
    ServerConfig.Keeping keeping = config.keeping();
    this.history =
        // Here and below: a lambda for what is shared would load its classes where nothing is.
        hub.isPresent()
            ? new History(hub.get().store(), keeping.runs())
            : new History(vertx, keeping.folder(), keeping.spoolBytes(), keeping.runs());
    this.catalogue = new Catalogue(history, queue);
    this.drain = new Drain(vertx, this::own, this::isDone, this::awaitNoRunner, this::cancelAll);
    this.admission = new Admission(config.places(), catalogue, queue, roster, history, drain);
    this.presence = new Presence(vertx, config.patience(), this::requesters, this::givenUp);
    Placing placing = new Placing(vertx, connections, dispatcher, queue, history);
    this.mirror =
        hub.isPresent()
            ? Optional.of(
                new Mirror(
                    vertx, hub.get(), queue, history, roster, presence, this::begin, this::moved))
            : Optional.empty();
    this.scheduler =
        mirror.isPresent()
            ? new SharedScheduler(
                vertx, hub.get(), mirror.get(), queue, roster, placing, dispatcher, connections)
            : new LocalScheduler(queue, placing, admission, dispatcher, this::enqueue);
    this.cancellations = new Cancellations(catalogue, queue, scheduler);
    this.pings = new Pings(queue, config.version());
    this.inputs = new Inputs(vertx, dispatcher, catalogue);
    this.tracer = config.tracing().map(export -> new Tracer(vertx, export, config.version()));
    if (hub.isPresent() && tracer.isPresent()) {
      SharedSpans.export(hub.get(), tracer.get());
    }
    this.attachments = new Attachments(vertx, config.patience(), catalogue, drain::check);
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Cancellations cancellations() {
    return cancellations;
  }

  Inputs inputs() {
    return inputs;
  }

  Attachments attachments() {
    return attachments;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** What pings are answered. */
  Pings pings() {
    return pings;
  }

  /** Has clients that were given another server go on there. */
  void sendAway() {
    scheduler.sendAway();
  }

  Presence presence() {
    return presence;
  }

  Drain drain() {
    return drain;
  }

  /** Names who is told of each run that is over, and again when it is kept no more. */
  void onOver(Consumer<RunId> listener) {
    history.onOver(listener);
  }

  /** Finds what an earlier server has kept. */
  Future<Void> open() {
    presence.watch();
    return history.open().onSuccess(found -> mirror.ifPresent(Mirror::open));
  }

  /** Completes when all that is to be kept is kept, and the last spans are out. */
  Future<?> close() {
    Future<Void> kept = history.close();
    return tracer.map(each -> kept.eventually(each::close)).orElse(kept);
  }

  /**
   * Takes a run on.
   *
   * @return as {@link Scheduler#accept} returns it
   * @throws RefusedException as {@link Admission#admit} does
   */
  Future<Run> accept(Request.Run request, Rights rights, Optional<Connection> connection) {
    Run run = admission.admit(request, rights);
    trace(run);
    return scheduler.accept(run, connection);
  }

  private void enqueue(Run run, Optional<Connection> connection) {
    trace(run);
    RunLog log =
        history.begin(
            RunRecord.accepted(run.request(), run.round()),
            trouble -> dispatcher.tellOfTrouble(run.id(), trouble));
    LOG.log(Level.INFO, "run {0}: accepted", run.id());
    queue.add(run);
    begin(run, log, connection);
  }

  private void begin(Run run, RunLog log, Optional<Connection> connection) {
    Requester requester = new Requester(run.id(), connection, run.request().detached());
    run.begin(
        new OutputFlow(
            vertx,
            log,
            requester,
            config.patience(),
            connections,
            new Owner(run, scheduler, this::came)));
    run.flow().start();
    // It may have gone before the run existed.
    connection.filter(Connection::isClosed).ifPresent(presence::lost);
  }

  /**
   * What was read before it came here has not been told to the runner; nor waits for one that left.
   */
  private void moved(Run run) {
    scheduler.taken(run, run.flow().acknowledgedSeq());
    drain.check();
  }

  private void trace(Run run) {
    if (run.span().isEmpty()) {
      run.within(beginSpan(run.request()));
    }
  }

  /** The span of a run that is about to be asked for, if the server makes spans. */
  Optional<RunSpan> beginSpan(Request.Run run) {
    return tracer.map(each -> each.begin(run));
  }

  /** A client has gone: its runs wait for it for a while. */
  void requesterLost(Connection connection) {
    presence.lost(connection);
  }

  /** A client attaches; which hold of the run it has, as {@link Presence#claim} returns it. */
  Optional<Long> attached(Request.Attach request, RunId id, Connection connection) {
    Optional<Requester> requester = catalogue.flowOf(id).map(OutputFlow::requester);
    Optional<Long> hold = presence.claim(request, id, requester, connection);
    queue.find(id).ifPresent(run -> scheduler.attached(run, hold.isPresent()));
    if (scheduler.sendsAway()) {
      connection.send(Frames.event(id, RunEventJson.encode(new RunEvent.Leaving())));
    }
    return hold;
  }

  /** A client is not expected back any more: nobody will read what its run prints. */
  private void givenUp(Requester requester) {
    queue
        .find(requester.id())
        .filter(run -> run.flow().requester() == requester)
        .ifPresent(
            run -> {
              if (!run.request().detached()) {
                cancellations.giveUp(run);
              }
              run.flow().acknowledge();
            });
    drain.check();
  }

  private List<Requester> requesters() {
    return queue.all().stream().map(run -> run.flow().requester()).toList();
  }

  private void came(Run run, RunEvent.Sequenced outcome) {
    if (outcome instanceof RunEvent.Results found) {
      history.update(run.log(), run.log().record().with(found.results()));
    } else if (outcome instanceof RunEvent.Exit exit) {
      ended(run, exit);
    }
  }

  private void ended(Run run, RunEvent.Exit exit) {
    history.update(run.log(), run.log().record().ended(exit));
    if (mirror.isEmpty()) {
      tracer.ifPresent(each -> run.span().ifPresent(span -> each.end(span, run.log().record())));
    }
    scheduler.ended(run, exit);
    drain.check();
  }

  private void awaitNoRunner() {
    scheduler.awaitNoRunner();
  }

  private List<Run> own() {
    return scheduler.own();
  }

  private void cancelAll() {
    cancellations.cancel(own());
  }

  private boolean isDone() {
    // Nothing that it would wait for comes to a server that is cut off.
    return connections.isShut()
        || scheduler.isIdle() && attachments.isIdle() && !presence.isAnyoneAway();
  }
}
