package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.Vertx;

/** Tells a run's readers that it is alive, so that a long silent test is no dead server. */
final class Heartbeat {
  private final Vertx vertx;
  private final Run run;
  private final Connections connections;

  Heartbeat(Vertx vertx, Run run, Connections connections) {
    this.vertx = vertx;
    this.run = run;
    this.connections = connections;
  }

  /**
   * Beats until the run has ended.
   *
   * @return the timer, to be cancelled at the run's end
   */
  long every(double seconds) {
    return vertx.setPeriodic(Math.max(1, Math.round(seconds * 1000)), timer -> beat());
  }

  private void beat() {
    // A reader that takes nothing would pile them up.
    if (connections.firstFull(run.id()).isEmpty()) {
      RunEvent beat = run.isWaiting() ? RunEvent.Heartbeat.QUEUED : RunEvent.Heartbeat.STARTED;
      vertx.eventBus().publish(Addresses.output(run.id()), RunEventJson.encode(beat));
    }
  }
}
