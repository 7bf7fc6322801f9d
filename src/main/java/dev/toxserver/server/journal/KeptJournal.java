package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One run's events, for those who come back or come late: all are written to a spool as they come,
 * where a server that is killed leaves them, and the newest are in memory. The oldest of all go
 * when there are too many. When the spool can't be written to, the run goes on, with only what fits
 * into memory; its readers are told what is missing, and why.
 *
 * <p>Belongs to the server's context; the disk has a thread of its own.
 */
final class KeptJournal implements Journal {
  /** What is kept in memory: a window of output (1 MiB), in base64. */
  static final int MEMORY_BYTES = 1536 * 1024;

  /** While so much waits for the disk, {@link #isBehind}. */
  private static final int MOST_WAITING_BYTES = 2 * MEMORY_BYTES;

  /** The most that is read at once. */
  private static final int READ_BYTES = 128 * 1024;

  private static final Logger LOG = Logger.getLogger(KeptJournal.class.getName());

  private final DiskThread disk;
  private final Memory memory;
  private final Optional<Spool> spool;
  private final Trouble trouble;
  private final Recent recent = new Recent();
  private final Optional<SpoolWriter> writer;
  private final List<Runnable> whenWritten = new ArrayList<>();
  private final Promise<Void> kept = Promise.promise();
  private long nextSeq;
  private boolean ended;
  private boolean forgotten;

  /**
   * An empty one.
   *
   * @param memory what it shares with the other journals
   * @param spool where events are written; none if there is no place for them
   * @param onLoss is told once if events are lost since they could not be written
   */
  KeptJournal(DiskThread disk, Memory memory, Optional<Spool> spool, Consumer<Throwable> onLoss) {
    this.disk = disk;
    this.memory = memory;
    this.spool = spool;
    this.trouble = new Trouble(onLoss);
    this.writer = spool.map(there -> new SpoolWriter(disk, there, recent, trouble));
  }

  /** One that an earlier server wrote. Of a run that has ended, the exit is in its record. */
  static KeptJournal restored(DiskThread disk, Memory memory, Spool spool, RunRecord record) {
    KeptJournal journal = new KeptJournal(disk, memory, Optional.of(spool), loss -> {});
    journal.nextSeq = record.events();
    journal.writer.orElseThrow().foundWritten();
    journal.ended = true;
    journal.trouble.earlier(record.missing());
    record.exit().ifPresent(exit -> journal.recent.add(Recent.Event.of(RunEventJson.encode(exit))));
    journal.recent.written(journal.nextSeq);
    journal.kept.complete();
    return journal;
  }

  @Override
  public long firstSeq() {
    long newest = recent.isEmpty() ? nextSeq : recent.firstSeq();
    return writer.filter(SpoolWriter::hasWritten).isPresent()
        ? Math.min(spool.orElseThrow().firstSeq(), newest)
        : newest;
  }

  @Override
  public long nextSeq() {
    return nextSeq;
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public boolean isBehind() {
    return isWriting() && (recent.waitingBytes() > MOST_WAITING_BYTES || memory.isFull());
  }

  @Override
  public void onWritten(Runnable callback) {
    whenWritten.add(callback);
  }

  @Override
  public Optional<String> missing() {
    return trouble.missing();
  }

  @Override
  public Optional<String> whyMissingBefore(long seq) {
    return missing()
        .or(() -> seq > firstSeq() ? Optional.of("what was kept can't be read") : Optional.empty());
  }

  @Override
  public Future<Void> kept() {
    return kept.future();
  }

  @Override
  public Future<Void> arrived() {
    if (ended || !isWriting()) {
      return ended ? kept() : Future.succeededFuture();
    }
    Promise<Void> written = Promise.promise();
    onWritten(written::complete);
    return written.future();
  }

  @Override
  public void append(JsonObject body) {
    Recent.Event event = Recent.Event.of(body);
    recent.add(event);
    nextSeq = event.seq() + 1;
    trouble.more(event.cost());
    ended = RunEventJson.isExit(body);
    goOn();
  }

  @Override
  public void forget() {
    forgotten = true;
    if (!isWriting()) {
      memory.holds(this, 0);
    }
    kept.tryComplete();
    writer.ifPresent(SpoolWriter::finish);
  }

  @Override
  public Future<List<JsonObject>> read(long from) {
    if (spool.isEmpty() || forgotten || (!recent.isEmpty() && from >= recent.firstSeq())) {
      return Future.succeededFuture(fromMemory(from));
    }
    long before = nextSeq;
    return disk.run(() -> spool.get().bodies(from, before, READ_BYTES))
        .map(found -> found.isEmpty() || forgotten ? fromMemory(from) : found)
        .otherwise(
            failure -> {
              LOG.log(Level.WARNING, "A run''s output can''t be read: {0}", failure.toString());
              return fromMemory(from);
            });
  }

  private List<JsonObject> fromMemory(long from) {
    return recent.from(from, READ_BYTES).stream().map(Recent.Event::body).toList();
  }

  /** Lets at least so many bytes of memory go, if it can; how many are left. */
  long release(long bytes) {
    long most = recent.bytes() - bytes;
    recent.shrinkTo(most);
    if (!mayStillBeWritten()) {
      lose(most);
    }
    return recent.bytes();
  }

  private void goOn() {
    if (isDue()) {
      writer.orElseThrow().write(ended).onComplete(done -> written());
    }
    if (!mayStillBeWritten()) {
      lose(MEMORY_BYTES);
    }
    boolean done = ended && !isWriting() && !isDue();
    boolean allWritten = done && recent.waitingBytes() == 0;
    recent.shrinkTo(done ? 0 : MEMORY_BYTES);
    memory.holds(this, allWritten || (forgotten && !isWriting()) ? 0 : recent.bytes());
    if (done) {
      kept.tryComplete();
    }
  }

  private void written() {
    goOn();
    List<Runnable> callbacks = List.copyOf(whenWritten);
    whenWritten.clear();
    callbacks.forEach(Runnable::run);
  }

  private boolean isWriting() {
    return writer.filter(SpoolWriter::isBusy).isPresent();
  }

  private boolean isDue() {
    return !forgotten && writer.filter(each -> each.isDue(ended)).isPresent();
  }

  private boolean mayStillBeWritten() {
    return writer.filter(SpoolWriter::isWorking).isPresent();
  }

  private void lose(long most) {
    if (recent.loseTo(most)) {
      trouble.lost(ended);
    }
  }
}
