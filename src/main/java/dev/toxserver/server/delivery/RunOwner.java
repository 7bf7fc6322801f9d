package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunEvent;
import java.util.Optional;

/** Who has to know what becomes of one run. Called on the server's context. */
public interface RunOwner {
  /** Every reader has taken all up to an event: the runner may go on. */
  void taken(long seq);

  /**
   * Decides what an exit is, before it is kept and sent.
   *
   * @return the exit with all that the server has to say of it; nothing if the run is not at its
   *     end, since it is placed once more: then its next event has the number of this exit
   */
  Optional<RunEvent.Exit> end(RunEvent.Exit exit);

  /**
   * Takes the results and the exit before any reader is sent them: who reads the exit may ask for
   * another run at once, and must find its place free.
   */
  void came(RunEvent.Sequenced outcome);
}
