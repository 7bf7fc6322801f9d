package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runs that the server knows: those that are not over, and the last so many that are. They
 * survive the server, unless there is no folder that it can keep them in.
 *
 * <p>Belongs to the server's context. Files are touched on one thread only, in the order in which
 * it was asked: so a run's folder is there before its spool, and is gone after it.
 */
public final class History {
  private static final Logger LOG = Logger.getLogger(History.class.getName());
  private static final long LONGEST_WRITE_SECONDS = 600;

  /** More than a queue of runs needs. */
  private static final int MOST_WAITING = 1_000;

  private final WorkerExecutor disk;
  private final Optional<Path> folder;
  private final long spoolBytes;
  private final int limit;

  /** In the order in which they were accepted. */
  private final Map<RunId, RunLog> runs = new LinkedHashMap<>();

  private Optional<Archive> archive = Optional.empty();
  private Optional<RunId> last = Optional.empty();
  private boolean warned;
  private int waiting;

  /**
   * A history, yet to be opened.
   *
   * @param folder where it is kept; without one, in memory only
   * @param spoolBytes how much of each run's output is kept on disk
   * @param limit how many runs that are over are kept
   */
  public History(Vertx vertx, Optional<Path> folder, long spoolBytes, int limit) {
    this.disk =
        vertx.createSharedWorkerExecutor(
            "tox-server-disk-" + System.identityHashCode(this),
            1,
            LONGEST_WRITE_SECONDS,
            TimeUnit.SECONDS);
    this.folder = folder;
    this.spoolBytes = spoolBytes;
    this.limit = limit;
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
    return disk.executeBlocking(() -> Archive.open(folder.get(), spoolBytes), false)
        .compose(opened -> disk.executeBlocking(() -> restore(opened), false))
        .onSuccess(
            found -> {
              found.forEach(log -> runs.put(log.id(), log));
              found.forEach(log -> last = Optional.of(log.id()));
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
    long earliest =
        find(RunId.LAST).map(newest -> newest.record().accepted() + 1).orElse(Long.MIN_VALUE);
    RunRecord record = accepted.acceptedNotBefore(earliest);
    forget(runs.get(record.id()));
    Journal journal = new Journal(disk, archive.map(kept -> kept.newSpool(record.id())), onTrouble);
    RunLog log = new RunLog(record, journal);
    runs.put(record.id(), log);
    last = Optional.of(record.id());
    save(record);
    return log;
  }

  /** Something has become of a run; when it is over, the oldest that is may have to go. */
  public void update(RunLog log, RunRecord record) {
    log.update(record);
    save(record);
    if (record.state().isOver()) {
      forgetOldest();
    }
  }

  /** The run of an id, or the one that was accepted last. */
  public Optional<RunLog> find(RunId id) {
    return (id.equals(RunId.LAST) ? last : Optional.of(id)).map(runs::get);
  }

  /** All that are known, the newest first. */
  public List<RunLog> newestFirst() {
    List<RunLog> all = new ArrayList<>(runs.values());
    Collections.reverse(all);
    return all;
  }

  /** Completes when all is on disk. */
  public Future<Void> close() {
    return disk.executeBlocking(
            () -> {
              if (archive.isPresent()) {
                archive.get().close();
              }
              return null;
            },
            false)
        .eventually(disk::close)
        .mapEmpty();
  }

  private List<RunLog> restore(Archive opened) throws IOException {
    List<RunLog> found = new ArrayList<>();
    for (RunRecord record : opened.load()) {
      Spool spool = opened.spoolOf(record.id());
      Optional<Entry> end = spool.last();
      long nextSeq = end.map(entry -> entry.seq() + 1).orElse(0L);
      Optional<RunEvent.Exit> exit =
          end.filter(Entry::isExit).isPresent() ? Optional.empty() : record.exit(nextSeq);
      found.add(new RunLog(record, Journal.restored(disk, spool, nextSeq, exit)));
    }
    archive = Optional.of(opened);
    return found;
  }

  private void save(RunRecord record) {
    write(
        kept -> {
          kept.save(record);
          return null;
        });
  }

  private void forgetOldest() {
    List<RunLog> over =
        runs.values().stream().filter(log -> log.record().state().isOver()).toList();
    over.subList(0, Math.max(0, over.size() - limit)).forEach(this::forget);
  }

  private void forget(RunLog log) {
    if (log != null) {
      runs.remove(log.id());
      log.journal().forget();
      write(
          kept -> {
            kept.delete(log.id());
            return null;
          });
    }
  }

  private interface Write {
    Void to(Archive archive) throws IOException;
  }

  private void write(Write write) {
    archive.ifPresent(
        kept -> {
          Callable<Void> task = () -> write.to(kept);
          waiting++;
          disk.executeBlocking(task, false)
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
