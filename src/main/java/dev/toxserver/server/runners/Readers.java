package dev.toxserver.server.runners;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connections;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Those who read runs, whatever runner these have: all get what is published here. */
record Readers(Vertx vertx, Connections connections) {
  void publish(RunId run, JsonObject event) {
    vertx.eventBus().publish(Addresses.output(run), event);
  }

  void tell(RunId run, RunEvent event) {
    publish(run, RunEventJson.encode(event));
  }

  /** Too much waits for those who read a run and take nothing; they may come back, and read on. */
  void cutOffSlow(RunId run) {
    connections.cutOffFull(run);
  }

  /** Says that a run is alive, unless a reader takes nothing: heartbeats would pile up. */
  void beat(RunId run) {
    if (connections.firstFull(run).isEmpty()) {
      tell(run, RunEvent.Heartbeat.STARTED);
    }
  }
}
