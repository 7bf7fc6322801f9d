package dev.toxserver.server.journal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps runs in a folder, unless there is none: then their events are in memory only. Belongs to
 * the server's context; the disk has a thread of its own.
 */
final class DiskStore implements Store {
  private static final Logger LOG = Logger.getLogger(DiskStore.class.getName());
  private static final long LONGEST_WRITE_SECONDS = 600;

  /** More than a queue of runs needs. */
  private static final int MOST_WAITING = 1_000;

  private final DiskThread disk;
  private final Memory memory;
  private final Optional<Path> folder;
  private final long spoolBytes;
  private Optional<Archive> archive = Optional.empty();
  private boolean warned;
  private int waiting;

  /**
   * Yet to be opened.
   *
   * @param folder where runs are kept; without one, in memory only
   * @param spoolBytes how much of each run's output is kept on disk
   * @param memoryBytes what all runs' events may take in memory, roughly
   * @param name of its thread; no other has it
   */
  DiskStore(Vertx vertx, Optional<Path> folder, long spoolBytes, long memoryBytes, String name) {
    this.memory = new Memory(memoryBytes);
    this.disk =
        new DiskThread(
            vertx.createSharedWorkerExecutor(name, 1, LONGEST_WRITE_SECONDS, TimeUnit.SECONDS));
    this.folder = folder;
    this.spoolBytes = spoolBytes;
  }

  @Override
  public Future<List<RunLog>> open() {
    if (folder.isEmpty()) {
      warn("no folder is known to keep them in");
      return Future.succeededFuture(List.of());
    }
    return disk.run(() -> Archive.open(folder.get(), spoolBytes))
        .compose(opened -> disk.run(() -> restore(opened)))
        .onFailure(failure -> warn(String.valueOf(failure)))
        .otherwise(List.of());
  }

  private List<RunLog> restore(Archive opened) throws IOException {
    List<RunLog> found = new Restoration(opened, disk, memory).runs();
    archive = Optional.of(opened);
    return found;
  }

  @Override
  public boolean isBehind() {
    return waiting >= MOST_WAITING;
  }

  @Override
  public Journal begin(RunRecord accepted, Consumer<Throwable> onTrouble) {
    Journal journal =
        new KeptJournal(disk, memory, archive.map(kept -> kept.newSpool(accepted.id())), onTrouble);
    write(kept -> kept.begin(accepted));
    return journal;
  }

  @Override
  public long placeOfEnd(RunRecord run) {
    return run.ended().orElse(run.accepted());
  }

  @Override
  public void save(RunRecord run) {
    write(kept -> kept.save(run));
  }

  @Override
  public void end(RunRecord run) {
    write(kept -> kept.end(run));
  }

  @Override
  public void delete(RunRecord run) {
    write(kept -> kept.delete(run.id()));
  }

  @Override
  public Future<Void> close() {
    return disk.close(
        () -> {
          if (archive.isPresent()) {
            archive.get().close();
          }
          return null;
        });
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
