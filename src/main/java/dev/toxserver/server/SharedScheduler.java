package dev.toxserver.server;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Life;
import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.server.delivery.Requester;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.shared.Asking;
import dev.toxserver.server.shared.Hub;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Decides together with other servers: what is decided is a fact that all of them see, and the
 * queue here follows those. Runners take the runs by themselves. Belongs to the server's context.
 */
final class SharedScheduler implements Scheduler {
  private static final Logger LOG = Logger.getLogger(SharedScheduler.class.getName());

  /** Who goes to another server is there by then. */
  private static final long MOVE_MILLIS = 10_000;

  /** A server to which a client comes writes so within that, unless it does not reach NATS. */
  private static final long ARRIVAL_MILLIS = 3_000;

  /** Most runs have a runner by then, and their clients need no place. */
  private static final long SOON_MILLIS = 500;

  private final Vertx vertx;
  private final Hub hub;
  private final Mirror mirror;
  private final RunQueue queue;
  private final Roster roster;
  private final Placing placing;
  private final Dispatcher dispatcher;
  private final Connections connections;

  /** Those of which no server knows yet. */
  private final Map<Life, Future<Run>> accepting = new HashMap<>();

  private boolean leaves;

  SharedScheduler(
      Vertx vertx,
      Hub hub,
      Mirror mirror,
      RunQueue queue,
      Roster roster,
      Placing placing,
      Dispatcher dispatcher,
      Connections connections) {
    this.vertx = vertx;
    this.hub = hub;
    this.mirror = mirror;
    this.queue = queue;
    this.roster = roster;
    this.placing = placing;
    this.dispatcher = dispatcher;
    this.connections = connections;
    mirror.onPlaced(this::placed);
    mirror.onAgain(this::waitsAgain);
  }

  /** Its runner may be known for long after it was last heard. */
  private void waitsAgain(Run run) {
    tellPosition(run);
    if (roster.anyFor(run.needs()).isEmpty()) {
      dispatcher.tellAwaited(run);
    }
  }

  /**
   * Its ticket has the size that its window had when it was asked for. Where its client is no more,
   * nobody knows the size that the window has now.
   */
  private void placed(Run run) {
    run.resized()
        .filter(size -> mirror.isOurs(run))
        .ifPresent(size -> dispatcher.resize(run, size));
  }

  @Override
  public Future<Run> accept(Run admitted, Optional<Connection> connection) {
    Request.Run request = admitted.request();
    Life life = hub.facts().nextLife(admitted.id());
    Future<Run> earlier = accepting.get(life);
    if (earlier != null) {
      return earlier.compose(exists -> Future.failedFuture(Asking.taken(admitted.id())));
    }
    Fact.Asked asked =
        new Fact.Asked(
            life,
            request,
            request.side().env().orElse(Map.of()).keySet().stream().sorted().toList(),
            UUID.randomUUID().toString(),
            admitted.owner(),
            hub.id(),
            admitted.round(),
            System.currentTimeMillis(),
            admitted.span());
    mirror.expect(life, admitted, connection);
    Future<Run> accepted = ask(admitted, asked).map(exists -> admitted);
    accepting.put(life, accepted);
    if (sendsAway()) {
      sendAway(admitted.id());
    }
    return accepted
        .onSuccess(exists -> LOG.log(Level.INFO, "run {0}: accepted", admitted.id()))
        .onComplete(
            done -> {
              mirror.expectNoMore(life);
              accepting.remove(life);
            });
  }

  private Future<Void> ask(Run run, Fact.Asked asked) {
    Optional<TraceContext> trace = run.span().map(RunSpan::context);
    if (!run.request().invocation().exec()) {
      return hub.asking().ask(asked, run.request(), trace);
    }
    run.placeWith(roster.anyFor(run.needs()).orElseThrow());
    return hub.place(asked, run.request(), trace, run.runner().orElseThrow().addresses().name());
  }

  @Override
  public void begin(Run run) {
    if (!run.notRestored().isEmpty()) {
      dispatcher.tellNotRestored(run);
    }
    vertx.setTimer(SOON_MILLIS, waiting -> tellPosition(run));
    placing.beat(run);
  }

  private void tellPosition(Run run) {
    if (run.isWaiting() && mirror.factsOf(run).isPresent()) {
      dispatcher.tellSharedPosition(run);
    }
  }

  @Override
  public Future<Void> cancel(Run run) {
    return mirror.factsOf(run).map(facts -> cancel(run, facts)).orElseGet(Future::succeededFuture);
  }

  private Future<Void> cancel(Run run, RunFacts facts) {
    Future<Fact> asked =
        hub.facts().create(new Fact.Cancel(facts.life(), hub.id(), "a client has cancelled it"));
    return run.isWaiting()
        ? asked.compose(known -> hub.waiting().cancelled(facts)).mapEmpty()
        : asked.mapEmpty();
  }

  /** It may have come to another server meanwhile, which has the time to say so. */
  @Override
  public Future<Boolean> giveUp(Run run) {
    return mirror
        .factsOf(run)
        .map(facts -> hub.facts().create(facts.nextAt(Optional.empty(), facts.hold())))
        .map(written -> written.compose(at -> vertx.timer(ARRIVAL_MILLIS)))
        .map(waited -> waited.compose(now -> isNowhere(run)))
        .orElseGet(() -> Future.succeededFuture(false));
  }

  /** That it had come here may have been written only now, and it have left since. */
  private Future<Boolean> isNowhere(Run run) {
    Requester client = run.flow().requester();
    if (mirror.isOurs(run) && !client.isHere() && !client.isAway()) {
      return giveUp(run);
    }
    return Future.succeededFuture(
        mirror.factsOf(run).filter(facts -> facts.holder().isEmpty()).isPresent());
  }

  @Override
  public void taken(Run run, long seq) {
    mirror.feeds().taken(run, seq);
    if (mirror.isOurs(run) && seq >= 0 && !run.isWaiting()) {
      Optional<Placement> placement = mirror.factsOf(run).flatMap(RunFacts::placement);
      dispatcher.acknowledge(run, seq, placement.map(Placement::name));
    }
  }

  @Override
  public Optional<RunEvent.Exit> end(Run run, RunEvent.Exit exit) {
    return Optional.of(exit);
  }

  @Override
  public void ended(Run run, RunEvent.Exit exit) {
    queue.remove(run);
  }

  @Override
  public void attached(Run run, boolean hasRun) {
    if (hasRun) {
      mirror.arrived(run);
    }
    mirror.factsOf(run).ifPresent(facts -> mirror.feeds().look(run, facts));
  }

  @Override
  public boolean sendsAway() {
    return connections.isShut() || leaves && hub.isOneOfSeveral();
  }

  /** Its place is not among its events. */
  @Override
  public void isRead(Run run) {
    tellPosition(run);
  }

  /** As long as NATS does not hear this server, what it is asked for does not begin to exist. */
  @Override
  public void sendAway() {
    queue.sendAway();
    accepting.keySet().stream()
        .map(Life::run)
        .filter(id -> queue.find(id).isEmpty())
        .forEach(this::sendAway);
  }

  private void sendAway(RunId id) {
    connections.send(id, Frames.event(id, RunEventJson.encode(new RunEvent.Leaving())));
  }

  @Override
  public List<Run> own() {
    return queue.all().stream()
        .filter(run -> !run.request().detached() && mirror.isOurs(run))
        .toList();
  }

  @Override
  public boolean isIdle() {
    return own().isEmpty();
  }

  @Override
  public void fill() {
    queue.stranded().forEach(dispatcher::tellStranded);
  }

  /** Clients that were given another server go on there; those that stay here can't wait on. */
  @Override
  public void awaitNoRunner() {
    leaves = true;
    boolean mayMove = hub.isOneOfSeveral();
    if (mayMove) {
      sendAway();
    }
    vertx.setPeriodic(mayMove ? MOVE_MILLIS : 1, MOVE_MILLIS, tick -> endHopeless());
  }

  private void endHopeless() {
    for (Run run : queue.hopeless()) {
      if (mirror.isOurs(run)) {
        mirror.factsOf(run).ifPresent(facts -> hub.waiting().hopeless(facts, Dispatcher.HOPELESS));
      }
    }
  }
}
