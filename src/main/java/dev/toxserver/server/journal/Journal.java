package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One run's events, for those who come back or come late: the newest in memory, older ones in a
 * spool, and the oldest of all gone when there are too many. When the spool can't be written to,
 * the run goes on, with only what fits into memory.
 *
 * <p>Belongs to the server's context; the disk has a thread of its own.
 */
public final class Journal {
  /** What is kept in memory. While that much again waits for the disk, {@link #isBehind}. */
  static final int MEMORY_BYTES = 1024 * 1024;

  /** The most that is read at once. */
  private static final int READ_BYTES = 128 * 1024;

  private final WorkerExecutor disk;
  private final Consumer<Throwable> onTrouble;
  private final TreeMap<Long, Entry> memory = new TreeMap<>();
  private final List<Runnable> whenWritten = new ArrayList<>();
  private Optional<Spool> spool;
  private long memoryBytes;
  private long nextSeq;
  private boolean spooled;
  private boolean writing;
  private boolean ended;
  private boolean troubled;

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

  /** One that an earlier server wrote, with all its events up to one in the spool. */
  static Journal restored(WorkerExecutor disk, Spool spool, long nextSeq) {
    Journal journal = new Journal(disk, Optional.of(spool), trouble -> {});
    journal.nextSeq = nextSeq;
    journal.spooled = nextSeq > 0;
    journal.ended = true;
    return journal;
  }

  /** The oldest event that can still be read. */
  public long firstSeq() {
    if (spooled) {
      return spool.map(Spool::firstSeq).orElse(0L);
    }
    return memory.isEmpty() ? nextSeq : memory.firstKey();
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
    return writing && memoryBytes > 2 * MEMORY_BYTES;
  }

  /** Calls back once, when something was written. */
  public void onWritten(Runnable callback) {
    whenWritten.add(callback);
  }

  /** Keeps an event; the run's exit is the last. */
  public void append(RunEvent.Sequenced event, JsonObject body) {
    Entry entry = Entry.of(event, body);
    memory.put(entry.seq(), entry);
    memoryBytes += entry.cost();
    nextSeq = entry.seq() + 1;
    ended = event instanceof RunEvent.Exit;
    if (ended) {
      spill(0);
    } else if (memoryBytes > MEMORY_BYTES) {
      spill(MEMORY_BYTES / 2);
    }
  }

  /**
   * Some events' JSON, from one on; the first of them may be a later one if that has gone. Empty
   * only if there are none.
   */
  public Future<List<JsonObject>> read(long from) {
    if (memory.isEmpty() || from < memory.firstKey()) {
      return readSpool(from).map(Journal::bodies);
    }
    List<Entry> entries = new ArrayList<>();
    int cost = 0;
    for (Entry entry : memory.tailMap(from, true).values()) {
      entries.add(entry);
      cost += entry.cost();
      if (cost >= READ_BYTES) {
        break;
      }
    }
    return Future.succeededFuture(bodies(entries));
  }

  private Future<List<Entry>> readSpool(long from) {
    return spool.isEmpty()
        ? Future.succeededFuture(List.of())
        : disk.executeBlocking(() -> spool.get().read(from, READ_BYTES), false);
  }

  private static List<JsonObject> bodies(List<Entry> entries) {
    return entries.stream().map(Entry::body).toList();
  }

  /** Writes the oldest in memory to the spool, until so much is left. */
  private void spill(int left) {
    if (writing) {
      return;
    }
    if (spool.isEmpty()) {
      forgetOldest();
      return;
    }
    List<Entry> oldest = new ArrayList<>();
    long rest = memoryBytes;
    for (Entry entry : memory.values()) {
      if (rest <= left) {
        break;
      }
      oldest.add(entry);
      rest -= entry.cost();
    }
    if (oldest.isEmpty()) {
      return;
    }
    writing = true;
    Spool target = spool.get();
    disk.executeBlocking(() -> append(target, oldest), false)
        .onSuccess(done -> written(oldest))
        .onFailure(this::notWritten);
  }

  private static Void append(Spool target, List<Entry> entries) throws java.io.IOException {
    target.append(entries);
    return null;
  }

  private void written(List<Entry> entries) {
    writing = false;
    spooled = true;
    for (Entry entry : entries) {
      memory.remove(entry.seq());
      memoryBytes -= entry.cost();
    }
    goOn();
  }

  /** What was in the spool goes too: on a full disk, others need the place more. */
  private void notWritten(Throwable failure) {
    writing = false;
    Spool lost = spool.orElseThrow();
    disk.executeBlocking(
        () -> {
          lost.delete();
          return null;
        },
        false);
    spool = Optional.empty();
    if (spooled) {
      spooled = false;
      trouble(failure);
    }
    forgetOldest();
    goOn();
  }

  private void goOn() {
    if (ended) {
      spill(0);
    } else if (memoryBytes > MEMORY_BYTES) {
      spill(MEMORY_BYTES / 2);
    }
    List<Runnable> callbacks = List.copyOf(whenWritten);
    whenWritten.clear();
    callbacks.forEach(Runnable::run);
  }

  private void forgetOldest() {
    while (memoryBytes > MEMORY_BYTES && memory.size() > 1) {
      memoryBytes -= memory.pollFirstEntry().getValue().cost();
      trouble(new java.io.IOException("there is no folder for it"));
    }
  }

  private void trouble(Throwable why) {
    if (!troubled) {
      troubled = true;
      onTrouble.accept(why);
    }
  }
}
