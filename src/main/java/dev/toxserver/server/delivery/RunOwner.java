package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunEvent;
import java.util.Optional;

/** Who has to know what becomes of one run. Called on the server's context. */
public interface RunOwner {
  /** Every reader has taken all up to an event: the runner may go on. */
  void taken(long seq);

  /** What follows this run, if anything; asked before the exit is kept and sent, which says so. */
  Optional<RunEvent.Next> next(RunEvent.Exit exit);

  /**
   * Takes the results and the exit before any reader is sent them: who reads the exit may ask for
   * another run at once, and must find its place free.
   */
  void came(RunEvent.Sequenced outcome);
}
