package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One run's events, for those who come back or come late: the newest in memory, older ones in a
 * spool, and the oldest of all gone when there are too many. When the spool can't be written to,
 * the run goes on, with only what fits into memory.
 *
 * <p>Belongs to the server's context; the disk has a thread of its own.
 */
public final class Journal {
  /**
   * What is kept in memory: a window of output (1 MiB), in base64. While that much again waits for
   * the disk, {@link #isBehind}.
   */
  static final int MEMORY_BYTES = 1536 * 1024;

  /** The most that is read at once. */
  private static final int READ_BYTES = 128 * 1024;

  private static final Logger LOG = Logger.getLogger(Journal.class.getName());

  private final WorkerExecutor disk;
  private final Consumer<Throwable> onTrouble;
  private final Recent memory = new Recent();
  private final List<Runnable> whenWritten = new ArrayList<>();
  private Optional<Spool> spool;
  private long nextSeq;
  private boolean spooled;
  private boolean writing;
  private boolean ended;
  private boolean troubled;
  private boolean forgotten;
  private Throwable trouble = new IOException("there is no folder for it");

  /**
   * An empty one.
   *
   * @param spool where older events go; none if there is no place for them
   * @param onTrouble is told once if events have to go for want of a spool
   */
  Journal(WorkerExecutor disk, Optional<Spool> spool, Consumer<Throwable> onTrouble) {
    this.disk = disk;
    this.spool = spool;
    this.onTrouble = onTrouble;
  }

  /**
   * One that an earlier server wrote.
   *
   * @param nextSeq the event after the last one in the spool
   * @param exit the run's exit, if the spool lacks it
   */
  static Journal restored(
      WorkerExecutor disk, Spool spool, long nextSeq, Optional<RunEvent.Exit> exit) {
    Journal journal = new Journal(disk, Optional.of(spool), trouble -> {});
    journal.nextSeq = nextSeq;
    journal.spooled = nextSeq > 0;
    journal.ended = true;
    exit.ifPresent(missing -> journal.remember(RunEventJson.encode(missing)));
    return journal;
  }

  /** The oldest event that can still be read. */
  public long firstSeq() {
    if (spooled) {
      return spool.map(Spool::firstSeq).orElse(0L);
    }
    return memory.isEmpty() ? nextSeq : memory.firstSeq();
  }

  /** The next event that is to come. */
  public long nextSeq() {
    return nextSeq;
  }

  /** Whether no more events will come. */
  public boolean isEnded() {
    return ended;
  }

  /** Whether the disk is so far behind that the run should wait for it. */
  public boolean isBehind() {
    return writing && memory.bytes() > 2 * MEMORY_BYTES;
  }

  /** Calls back once, when something was written. */
  public void onWritten(Runnable callback) {
    whenWritten.add(callback);
  }

  /**
   * Keeps an event; the run's exit is the last.
   *
   * @param body the event as it was published, with its place in the sequence; not changed any more
   */
  public void append(JsonObject body) {
    remember(body);
    ended = RunEventJson.isExit(body);
    spillIfNeeded();
  }

  /**
   * Its files go, and another run's may soon have the same names: they are not touched any more.
   */
  void forget() {
    forgotten = true;
  }

  /**
   * Some events' JSON, from one on; the first of them may be a later one if that has gone. Empty
   * only if there are none.
   */
  public Future<List<JsonObject>> read(long from) {
    if (memory.isEmpty() || from < memory.firstSeq()) {
      return readSpool(from);
    }
    List<Recent.Event> found = memory.from(from, READ_BYTES);
    return Future.succeededFuture(found.stream().map(Recent.Event::body).toList());
  }

  private Future<List<JsonObject>> readSpool(long from) {
    if (forgotten) {
      return Future.failedFuture(new IOException("it was forgotten meanwhile"));
    }
    return spool
        .map(kept -> disk.executeBlocking(() -> read(kept, from), false))
        .orElse(Future.succeededFuture(List.of()));
  }

  /** On the disk's thread. */
  private static List<JsonObject> read(Spool spool, long from) throws IOException {
    return spool.read(from, READ_BYTES).stream().map(Entry::body).toList();
  }

  private void remember(JsonObject body) {
    Recent.Event event = Recent.Event.of(body);
    memory.add(event);
    nextSeq = event.seq() + 1;
  }

  private void spillIfNeeded() {
    if (ended) {
      spill(0);
    } else if (memory.bytes() > MEMORY_BYTES) {
      spill(MEMORY_BYTES / 2);
    }
  }

  /** Writes the oldest in memory to the spool, until so much is left. */
  private void spill(int left) {
    if (writing || forgotten) {
      return;
    }
    if (spool.isEmpty()) {
      forgetOldest();
      return;
    }
    List<Recent.Event> oldest = memory.allBut(left);
    if (oldest.isEmpty()) {
      return;
    }
    writing = true;
    Spool target = spool.get();
    disk.executeBlocking(() -> append(target, oldest), false)
        .onSuccess(done -> written(oldest))
        .onFailure(this::notWritten);
  }

  /** On the disk's thread, which has the time to make bytes of base64. */
  private static Void append(Spool target, List<Recent.Event> events) throws IOException {
    target.append(events.stream().map(event -> Entry.of(event.body())).toList());
    return null;
  }

  private void written(List<Recent.Event> events) {
    writing = false;
    if (!forgotten) {
      spooled = true;
      memory.removeAll(events);
    }
    goOn();
  }

  /** What was in the spool goes too: on a full disk, others need the place more. */
  private void notWritten(Throwable failure) {
    writing = false;
    trouble = failure;
    if (!forgotten) {
      spool.ifPresent(lost -> disk.executeBlocking(() -> delete(lost), false));
    }
    spool = Optional.empty();
    if (spooled) {
      spooled = false;
      tellTrouble();
    }
    forgetOldest();
    goOn();
  }

  private static Void delete(Spool lost) throws IOException {
    lost.delete();
    return null;
  }

  private void goOn() {
    spillIfNeeded();
    List<Runnable> callbacks = List.copyOf(whenWritten);
    whenWritten.clear();
    callbacks.forEach(Runnable::run);
  }

  private void forgetOldest() {
    if (memory.shrinkTo(MEMORY_BYTES)) {
      tellTrouble();
    }
  }

  /** Once, and not behind the run's exit: its readers have left. */
  private void tellTrouble() {
    if (!troubled && ended) {
      LOG.log(Level.WARNING, "The end of a run''s output can''t be kept: {0}", trouble.toString());
    } else if (!troubled) {
      onTrouble.accept(trouble);
    }
    troubled = true;
  }
}
