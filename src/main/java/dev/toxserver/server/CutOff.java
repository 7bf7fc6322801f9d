package dev.toxserver.server;

import dev.toxserver.server.door.Connections;
import dev.toxserver.server.shared.Hub;
import java.util.logging.Logger;

/**
 * Sends clients to other servers while NATS does not hear this one: the others take it for gone,
 * and would have the runs cancelled whose clients stay. Whoever was given no other stays, since it
 * may be that all of NATS is away, and nobody is taken for gone. Nobody new is let in: who comes to
 * a server that can't say so would be awaited at two of them. Belongs to the server's context.
 */
final class CutOff {
  private static final Logger LOG = Logger.getLogger(CutOff.class.getName());

  private final Connections connections;
  private final Runs runs;

  private CutOff(Connections connections, Runs runs) {
    this.connections = connections;
    this.runs = runs;
  }

  /** From now on. */
  static void watch(Hub hub, Connections connections, Runs runs) {
    CutOff cutOff = new CutOff(connections, runs);
    hub.onCutOff(cutOff::begin, cutOff::end);
  }

  private void begin() {
    LOG.warning(
        "NATS has not heard this server for 15 s: its clients go on at another if they were given"
            + " one; it takes no more until NATS hears it again");
    runs.presence().suspend();
    connections.shut();
    runs.sendAway();
    runs.drain().check();
  }

  private void end() {
    LOG.warning("NATS hears this server again: it takes clients");
    runs.presence().resume();
    connections.reopen();
  }
}
