package dev.toxserver.server.shared;

import dev.toxserver.protocol.Placement;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.runners.AbsenceNotice;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Tells those who read runs at this hub that their runner has fallen silent, and that it is heard
 * again: each once. How long the run waits for it are the runner's own times, not this hub's.
 * Belongs to the server's context.
 */
final class Absences {
  private final BiConsumer<RunId, RunEvent.Notice> readers;

  /** The runs whose readers were told that their runner is away, and with which each was then. */
  private final Map<RunId, Placement> told = new HashMap<>();

  /** What is known of a runner. */
  enum Presence {
    /** It was heard just now. */
    HEARD,
    /** It has not left, and is not heard. */
    SILENT,
    /** Nothing is known of it, or another has its name. */
    UNKNOWN
  }

  /** What is known of the runner that a run was placed with. */
  interface Presences {
    Presence of(Placement placement);
  }

  /**
   * Nobody is away.
   *
   * @param readers tells those who read a run
   */
  Absences(BiConsumer<RunId, RunEvent.Notice> readers) {
    this.readers = readers;
  }

  /** To be called again and again with all runs that are placed. */
  void look(Map<RunId, Placement> placed, Presences presences) {
    told.entrySet().retainAll(placed.entrySet());
    placed.forEach((run, placement) -> look(run, placement, presences.of(placement)));
  }

  private void look(RunId run, Placement placement, Presence presence) {
    if (presence == Presence.SILENT && told.put(run, placement) == null) {
      readers.accept(run, AbsenceNotice.away(placement.runner(), placement.goneMillis()));
    } else if (presence == Presence.HEARD && told.remove(run) != null) {
      readers.accept(run, AbsenceNotice.back(placement.runner()));
    }
  }
}
