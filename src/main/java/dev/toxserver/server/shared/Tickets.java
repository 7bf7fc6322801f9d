package dev.toxserver.server.shared;

import dev.toxserver.protocol.RunFacts;

/** The work that runners pull: one ticket for each run that waits. */
interface Tickets {
  /**
   * A run waits. Sees to it that there is a ticket for it, sooner or later; it is called again each
   * second.
   */
  void look(RunFacts run);
}
