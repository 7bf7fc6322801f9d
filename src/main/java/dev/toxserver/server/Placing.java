package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.runners.Runner;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** Has accepted runs started when their turn has come. Belongs to the server's context. */
final class Placing {
  private static final Logger LOG = Logger.getLogger(Placing.class.getName());

  private final Vertx vertx;
  private final Connections connections;
  private final Dispatcher dispatcher;
  private final RunQueue queue;
  private final History history;
  private final Renumbering renumbering;
  private boolean ending;

  Placing(
      Vertx vertx,
      Connections connections,
      Dispatcher dispatcher,
      RunQueue queue,
      History history) {
    this.vertx = vertx;
    this.connections = connections;
    this.dispatcher = dispatcher;
    this.queue = queue;
    this.history = history;
    this.renumbering = new Renumbering(vertx, queue, dispatcher::tellPosition);
  }

  /** Starts an accepted run, or tells it its place in the queue. */
  void begin(Run run) {
    if (!run.notRestored().isEmpty()) {
      dispatcher.tellNotRestored(run);
    }
    if (run.isWaiting()) {
      dispatcher.tellPosition(run);
      beat(run);
    } else {
      start(run);
    }
  }

  /** Starts a run that has its place. */
  void start(Run run) {
    history.update(
        run.log(), run.log().record().startedOn(run.runner().flatMap(Runner::remoteName)));
    dispatcher.start(run);
  }

  /** Starts all that can be placed; tells the others their place, or that none could take them. */
  void fill() {
    for (Optional<Run> next = queue.startNext(); next.isPresent(); next = queue.startNext()) {
      start(next.get());
    }
    renumbering.soon();
    if (ending) {
      endHopeless();
    } else {
      queue.stranded().forEach(dispatcher::tellStranded);
    }
  }

  /**
   * A run was lost, and is placed once more.
   *
   * @param lost its exit, which nobody is told
   */
  void again(Run run, RunEvent.Exit lost) {
    String why = lost.error().orElse("the run is lost") + "; it is placed once more";
    LOG.log(LogLevel.NOTICE, "run {0}: {1}", new Object[] {run.id(), why});
    run.flow().tell(new RunEvent.Notice(why + ", and begins anew"));
    run.placeAgain(lost.seq());
    history.update(run.log(), run.log().record().waitsAgain());
    queue.putBack(run);
    if (!run.isWaiting()) {
      start(run);
    }
    fill();
    if (run.isWaiting()) {
      dispatcher.tellPosition(run);
      beat(run);
    }
  }

  /** From now on no runner is waited for that is neither there nor expected back. */
  void awaitNoRunner() {
    ending = true;
    endHopeless();
  }

  private void endHopeless() {
    List<Run> hopeless = queue.hopeless();
    if (!hopeless.isEmpty()) {
      LOG.log(
          LogLevel.NOTICE,
          "{0} runs end, since no runner is left that could take them",
          hopeless.size());
    }
    for (Run run : hopeless) {
      dispatcher.tellHopeless(run);
      queue.cancel(run);
    }
  }

  /** Says to those who read a run that it is alive, for as long as it waits. */
  void beat(Run waiting) {
    waiting
        .request()
        .heartbeatMillis()
        .ifPresent(millis -> new Heartbeat(vertx, waiting, connections).start(millis));
  }
}
