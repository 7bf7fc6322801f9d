package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.server.door.Connections;
import io.vertx.core.Vertx;

/**
 * Tells the readers of a run that waits for its turn that it is alive. Once it has started, the
 * runner does: only who publishes the exit event can make sure that nothing follows it.
 */
final class Heartbeat {
  private final Vertx vertx;
  private final Run run;
  private final Connections connections;
  private long timer;

  Heartbeat(Vertx vertx, Run run, Connections connections) {
    this.vertx = vertx;
    this.run = run;
    this.connections = connections;
  }

  /** One that tells a run's place, while it waits. */
  static RunEvent.Heartbeat withPlaceOf(Run run) {
    return RunEvent.Heartbeat.queuedAt(new RunEvent.Place(run.position(), run.behind()));
  }

  void start(long millis) {
    timer = vertx.setPeriodic(millis, each -> beat());
  }

  private void beat() {
    if (!run.isWaiting()) {
      vertx.cancelTimer(timer);
    } else if (connections.firstFull(run.id()).isEmpty()) {
      // A reader that takes nothing would pile them up.
      vertx
          .eventBus()
          .publish(Addresses.output(run.id()), RunEventJson.encode(RunEvent.Heartbeat.QUEUED));
    }
  }
}
