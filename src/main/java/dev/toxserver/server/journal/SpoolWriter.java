package dev.toxserver.server.journal;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/**
 * Writes a journal's events to its spool as they come, one write at a time: what comes meanwhile is
 * in the next. Belongs to the server's context.
 */
final class SpoolWriter {
  private final DiskThread disk;
  private final Spool spool;
  private final Recent recent;
  private final Trouble trouble;
  private boolean busy;
  private boolean wrote;
  private boolean endTried;

  /**
   * A writer that has written nothing.
   *
   * @param recent what waits to be written
   * @param trouble is told how each write has gone
   */
  SpoolWriter(DiskThread disk, Spool spool, Recent recent, Trouble trouble) {
    this.disk = disk;
    this.spool = spool;
    this.recent = recent;
    this.trouble = trouble;
  }

  /** Whether a write is under way. */
  boolean isBusy() {
    return busy;
  }

  /** Whether anything of the run is in the spool. */
  boolean hasWritten() {
    return wrote;
  }

  /** What an earlier server wrote is there. */
  void foundWritten() {
    wrote = true;
  }

  /** Whether what waits is under way to the disk, or will be: then it need not be let go. */
  boolean isWorking() {
    return busy || !trouble.isNow();
  }

  /**
   * Whether there is something to write, and now is the time.
   *
   * @param ended whether nothing more will come: what could not be written is tried once more
   */
  boolean isDue(boolean ended) {
    return !busy
        && recent.waitingBytes() > 0
        && (!trouble.isNow() || (ended ? !endTried : trouble.isWorthAnotherTry()));
  }

  /** Writes all that waits; completes, and never fails, when that is done or was in vain. */
  Future<Void> write(boolean ended) {
    List<Recent.Event> waiting = recent.waiting();
    busy = true;
    endTried = ended;
    return disk.run(() -> append(waiting, ended))
        .onSuccess(done -> written(waiting.get(waiting.size() - 1).seq() + 1))
        .onFailure(this::notWritten)
        .otherwiseEmpty();
  }

  /** Nothing more will be written. */
  void finish() {
    disk.run(this::finishSpool);
  }

  private Void finishSpool() throws IOException {
    spool.finish();
    return null;
  }

  /** On the disk's thread, which has the time to make bytes of base64. */
  private Void append(List<Recent.Event> events, boolean ended) throws IOException {
    spool.append(events.stream().map(event -> Entry.of(event.body())).toList());
    return ended ? finishSpool() : null;
  }

  private void written(long next) {
    busy = false;
    wrote = true;
    trouble.over();
    recent.written(next);
  }

  /** What was written before stays; what could not be may fit later, or at the run's end. */
  private void notWritten(Throwable failure) {
    busy = false;
    trouble.failed(failure);
    if (endTried) {
      trouble.unwritten();
    }
  }
}
