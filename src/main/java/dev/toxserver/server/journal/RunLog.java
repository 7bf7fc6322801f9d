package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunId;

/** All that is kept of one run: its record and its journal. Belongs to the server's context. */
public final class RunLog {
  private final Journal journal;
  private RunRecord record;

  /** What is kept of a run from its acceptance on, or was. */
  public RunLog(RunRecord record, Journal journal) {
    this.record = record;
    this.journal = journal;
  }

  /** The run's id. */
  public RunId id() {
    return record.id();
  }

  /** What has become of the run so far. */
  public RunRecord record() {
    return record;
  }

  /** The run's events. */
  public Journal journal() {
    return journal;
  }

  /** More is known of what became of it. */
  public void update(RunRecord newer) {
    record = newer;
  }
}
