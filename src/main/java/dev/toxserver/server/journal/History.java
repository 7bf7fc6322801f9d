package dev.toxserver.server.journal;

import dev.toxserver.protocol.Cell;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The runs that the server knows: those that are not over, and the last so many that are. They
 * survive the server as far as its {@link Store} keeps them. Which are the last goes by their ends:
 * one that others have overtaken is not forgotten as soon as it ends.
 *
 * <p>Belongs to the server's context.
 */
public final class History {
  private final Store store;
  private final Surplus surplus;

  /** In the order in which they were accepted. */
  private final Map<RunId, RunLog> runs = new LinkedHashMap<>();

  /** Those of each matrix, in the same order. */
  private final Groups<RunLog, Set<RunLog>> matrices = new Groups<>(LinkedHashSet::new);

  private Optional<RunId> last = Optional.empty();
  private Consumer<RunId> onOver = run -> {};
  private long newest = Long.MIN_VALUE;

  /**
   * A history on this machine's disk, yet to be opened.
   *
   * @param folder where it is kept; without one, in memory only
   * @param spoolBytes how much of each run's output is kept on disk
   * @param limit as in {@link #History(Store, int)}
   */
  public History(Vertx vertx, Optional<Path> folder, long spoolBytes, int limit) {
    this(vertx, folder, spoolBytes, limit, mostBytes());
  }

  /**
   * The same.
   *
   * @param memoryBytes what all runs' events may take in memory, roughly, and as much again for the
   *     arguments of those that are over
   */
  History(Vertx vertx, Optional<Path> folder, long spoolBytes, int limit, long memoryBytes) {
    this.store =
        new DiskStore(
            vertx,
            folder,
            spoolBytes,
            memoryBytes,
            "tox-server-disk-" + System.identityHashCode(this));
    this.surplus = new Surplus(store::placeOfEnd, limit, memoryBytes);
  }

  /**
   * A history kept elsewhere, yet to be opened.
   *
   * @param limit how many runs of tox that are over are kept, and as many of exec: who looks around
   *     shall not lose the tests' history
   */
  public History(Store store, int limit) {
    this.store = store;
    this.surplus = new Surplus(store::placeOfEnd, limit, mostBytes());
  }

  /** 16 MiB of a server's usual 128. */
  private static long mostBytes() {
    return Runtime.getRuntime().maxMemory() / 8;
  }

  /** Names who is told of each run that is over, and again when it is kept no more. */
  public void onOver(Consumer<RunId> listener) {
    onOver = listener;
  }

  /** Whether so much waits to be kept that no run should be taken on. */
  public boolean isBehind() {
    return store.isBehind();
  }

  /** Reads what is kept; without that, the server starts all the same. */
  public Future<Void> open() {
    return store
        .open()
        .onSuccess(
            found -> {
              found.forEach(this::add);
              forgetOldest();
            })
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
    RunLog log = new RunLog(record, store.begin(record, onTrouble));
    add(log);
    return log;
  }

  /**
   * Something has become of a run. When it is over, the one that has ended first may have to go.
   * That it is over is written after its output, with what is missing of that: a server that dies
   * in between leaves a run that the next one looks through.
   */
  public void update(RunLog log, RunRecord record) {
    amend(log, record);
    if (record.state().isOver()) {
      onOver.accept(log.id());
      forgetOldest();
      log.journal().kept().onSuccess(done -> end(log));
    } else {
      store.save(record);
    }
  }

  /** What is known of a run was not all, or not right; nothing has become of it. */
  public void amend(RunLog log, RunRecord record) {
    log.update(record);
    if (record.state().isOver() && runs.get(log.id()) == log) {
      surplus.add(log);
    }
  }

  /**
   * The run of an id, or the last of tox: who looks around with exec still means the tests before
   * it.
   */
  public Optional<RunLog> find(RunId id) {
    return (id.equals(RunId.LAST) ? last : Optional.of(id)).map(runs::get);
  }

  /** All that are known, the one that was accepted last first. */
  public List<RunLog> newestFirst() {
    List<RunLog> all = new ArrayList<>(runs.values());
    Collections.reverse(all);
    return all;
  }

  /** Those of a matrix, in the order in which they were accepted. */
  public List<RunLog> ofMatrix(RunId name) {
    return matrices.find(name).map(List::copyOf).orElse(List.of());
  }

  /** Completes when all is kept. */
  public Future<Void> close() {
    List<Future<Void>> underWay =
        runs.values().stream().map(log -> log.journal().arrived()).toList();
    return Future.join(underWay).compose(written -> store.close());
  }

  private void add(RunLog log) {
    runs.put(log.id(), log);
    matrix(log).ifPresent(name -> matrices.add(name, log));
    if (log.record().state().isOver()) {
      surplus.add(log);
    }
    newest = log.record().accepted();
    if (!log.record().invocation().exec()) {
      last = Optional.of(log.id());
    }
  }

  private void end(RunLog log) {
    log.update(log.record().missing(log.journal().missing()));
    if (find(log.id()).filter(log::equals).isPresent()) {
      store.end(log.record());
    }
  }

  private void forgetOldest() {
    surplus.take().forEach(this::forget);
  }

  private void forget(RunLog log) {
    if (log != null) {
      runs.remove(log.id());
      surplus.remove(log);
      matrix(log).ifPresent(name -> matrices.remove(name, log));
      log.journal().forget();
      onOver.accept(log.id());
      store.delete(log.record());
    }
  }

  private static Optional<RunId> matrix(RunLog log) {
    return log.record().asked().cell().map(Cell::matrix);
  }
}
