package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runs that the server knows: those that are not over, and the last so many that are. They
 * survive the server, unless there is no folder that it can keep them in.
 *
 * <p>Belongs to the server's context.
 */
public final class History {
  private static final Logger LOG = Logger.getLogger(History.class.getName());
  private static final long LONGEST_WRITE_SECONDS = 600;

  /** More than a queue of runs needs. */
  private static final int MOST_WAITING = 1_000;

  private final DiskThread disk;
  private final Memory memory;
  private final Optional<Path> folder;
  private final long spoolBytes;
  private final int limit;
  private final long mostWeight;

  /** In the order in which they were accepted. */
  private final Map<RunId, RunLog> runs = new LinkedHashMap<>();

  private Optional<Archive> archive = Optional.empty();
  private Optional<RunId> last = Optional.empty();
  private Consumer<RunId> onOver = run -> {};
  private long newest = Long.MIN_VALUE;
  private boolean warned;
  private int waiting;

  /**
   * A history, yet to be opened.
   *
   * @param folder where it is kept; without one, in memory only
   * @param spoolBytes how much of each run's output is kept on disk
   * @param limit how many runs of tox that are over are kept, and as many of exec: who looks around
   *     shall not lose the tests' history
   */
  public History(Vertx vertx, Optional<Path> folder, long spoolBytes, int limit) {
    // 16 MiB of a server's usual 128.
    this(vertx, folder, spoolBytes, limit, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * The same.
   *
   * @param memoryBytes what all runs' events may take in memory, roughly, and as much again for the
   *     arguments of those that are over
   */
  History(Vertx vertx, Optional<Path> folder, long spoolBytes, int limit, long memoryBytes) {
    this.memory = new Memory(memoryBytes);
    this.mostWeight = memoryBytes;
    this.disk =
        new DiskThread(
            vertx.createSharedWorkerExecutor(
                "tox-server-disk-" + System.identityHashCode(this),
                1,
                LONGEST_WRITE_SECONDS,
                TimeUnit.SECONDS));
    this.folder = folder;
    this.spoolBytes = spoolBytes;
    this.limit = limit;
  }

  /** Names who is told of each run that is over, and again when it is kept no more. */
  public void onOver(Consumer<RunId> listener) {
    onOver = listener;
  }

  /** Whether so much waits for the disk that no run should be taken on. */
  public boolean isBehind() {
    return waiting >= MOST_WAITING;
  }

  /** Reads what an earlier server has left; without that, the server starts all the same. */
  public Future<Void> open() {
    if (folder.isEmpty()) {
      warn("no folder is known to keep them in");
      return Future.succeededFuture();
    }
    return disk.run(() -> Archive.open(folder.get(), spoolBytes))
        .compose(opened -> disk.run(() -> restore(opened)))
        .onSuccess(
            found -> {
              found.forEach(this::add);
              forgetOldest();
            })
        .onFailure(failure -> warn(String.valueOf(failure)))
        .otherwiseEmpty()
        .mapEmpty();
  }

  /**
   * Takes a run on. One of the same id that is over is forgotten.
   *
   * @param onTrouble is told once if the run's events can't be kept
   */
  public RunLog begin(RunRecord accepted, Consumer<Throwable> onTrouble) {
    // A clock's millisecond is long enough for two.
    RunRecord record = accepted.acceptedNotBefore(newest + 1);
    forget(runs.get(record.id()));
    Journal journal =
        new Journal(disk, memory, archive.map(kept -> kept.newSpool(record.id())), onTrouble);
    RunLog log = new RunLog(record, journal);
    add(log);
    write(kept -> kept.begin(record));
    return log;
  }

  /**
   * Something has become of a run. When it is over, the oldest that is may have to go. That it is
   * over is written after its output, with what is missing of that: a server that dies in between
   * leaves a run that the next one looks through.
   */
  public void update(RunLog log, RunRecord record) {
    log.update(record);
    if (record.state().isOver()) {
      onOver.accept(log.id());
      forgetOldest();
      log.journal().kept().onSuccess(done -> end(log));
    } else {
      write(kept -> kept.save(record));
    }
  }

  /**
   * The run of an id, or the last of tox: who looks around with exec still means the tests before
   * it.
   */
  public Optional<RunLog> find(RunId id) {
    return (id.equals(RunId.LAST) ? last : Optional.of(id)).map(runs::get);
  }

  /** All that are known, in the order in which they were accepted. */
  public Collection<RunLog> oldestFirst() {
    return Collections.unmodifiableCollection(runs.values());
  }

  /** The same, the newest first. */
  public List<RunLog> newestFirst() {
    List<RunLog> all = new ArrayList<>(runs.values());
    Collections.reverse(all);
    return all;
  }

  /** Completes when all is on disk. */
  public Future<Void> close() {
    List<Future<Void>> underWay =
        runs.values().stream().map(log -> log.journal().arrived()).toList();
    return Future.join(underWay)
        .compose(
            written ->
                disk.close(
                    () -> {
                      if (archive.isPresent()) {
                        archive.get().close();
                      }
                      return null;
                    }));
  }

  private List<RunLog> restore(Archive opened) throws IOException {
    List<RunLog> found = new Restoration(opened, disk, memory).runs();
    archive = Optional.of(opened);
    return found;
  }

  private void add(RunLog log) {
    runs.put(log.id(), log);
    newest = log.record().accepted();
    if (!log.record().invocation().exec()) {
      last = Optional.of(log.id());
    }
  }

  private void end(RunLog log) {
    log.update(log.record().missing(log.journal().missing()));
    if (find(log.id()).filter(log::equals).isPresent()) {
      RunRecord record = log.record();
      write(kept -> kept.end(record));
    }
  }

  private void forgetOldest() {
    Surplus.of(newestFirst(), limit, mostWeight).forEach(this::forget);
  }

  private void forget(RunLog log) {
    if (log != null) {
      runs.remove(log.id());
      log.journal().forget();
      onOver.accept(log.id());
      write(kept -> kept.delete(log.id()));
    }
  }

  private interface Write {
    void to(Archive archive) throws IOException;
  }

  private void write(Write write) {
    archive.ifPresent(
        kept -> {
          waiting++;
          disk.run(
                  () -> {
                    write.to(kept);
                    return null;
                  })
              .onFailure(failure -> warn(String.valueOf(failure)))
              .onComplete(done -> waiting--);
        });
  }

  /** Once: a full disk would fill the log too. */
  private void warn(String why) {
    LOG.log(
        warned ? Level.FINE : Level.WARNING,
        "Runs will not be remembered when the server is restarted, and less of their output is"
            + " kept: {0}. Choose a folder with --state-dir.",
        why);
    warned = true;
  }
}
