package dev.toxserver.server;

import dev.toxserver.server.door.Connections;
import dev.toxserver.server.shared.Hub;
import java.util.logging.Logger;

/**
 * Sends clients to other servers while NATS does not hear this one: the others take it for gone,
 * and would have the runs cancelled whose clients stay. Belongs to the server's context.
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

  /** A word to a client would have it come back here first. */
  private void begin() {
    LOG.warning(
        "NATS has not heard this server for 15 s: its clients are disconnected, so that they go on"
            + " at another; it takes none until NATS hears it again");
    runs.presence().suspend();
    connections.shut();
    runs.drain().check();
  }

  private void end() {
    LOG.warning("NATS hears this server again: it takes clients");
    runs.presence().resume();
    connections.reopen();
  }
}
