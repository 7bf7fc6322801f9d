package dev.toxserver.server.delivery;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunLog;
import java.util.Optional;

/** Where the runs are looked up that clients want to read. */
public interface KnownRuns {
  /**
   * What is kept of a run.
   *
   * @param id its own, or {@link RunId#LAST}
   * @throws RefusedException if there is nothing
   */
  RunLog find(RunId id);

  /**
   * The same; of a loop, the newest run of all, whichever of them is named.
   *
   * @throws RefusedException if there is nothing
   */
  RunLog newestRound(RunId id);

  /** The events of a run that has not ended; empty for all others. */
  Optional<OutputFlow> flowOf(RunId id);
}
