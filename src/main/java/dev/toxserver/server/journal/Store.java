package dev.toxserver.server.journal;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a history keeps its runs, so that they survive the server. Belongs to the server's context.
 */
public interface Store {
  /**
   * Finds the runs that are kept, the oldest first; without them, the server starts all the same.
   */
  Future<List<RunLog>> open();

  /** Whether so much waits to be kept that no run should be taken on. */
  boolean isBehind();

  /**
   * Keeps a new run.
   *
   * @param onTrouble is told once if the run's events can't be kept
   * @return where its events go
   */
  Journal begin(RunRecord accepted, Consumer<Throwable> onTrouble);

  /**
   * Where a run that is over stands among those that are: one that has ended later has a greater
   * number, at whichever server one asks.
   */
  long placeOfEnd(RunRecord run);

  /** Keeps what became of a run that is not over. */
  void save(RunRecord run);

  /** Keeps what became of a run that is over; all of its events are kept, or never will be. */
  void end(RunRecord run);

  /** Forgets a run, with all that it has printed. */
  void delete(RunRecord run);

  /** Completes when all is kept. */
  Future<Void> close();
}
