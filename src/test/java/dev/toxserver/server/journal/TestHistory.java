package dev.toxserver.server.journal;

import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A history, with runs that a test begins and ends. */
final class TestHistory {
  private final Disk disk;
  private final History history;
  private long accepted = 1_000;

  TestHistory(Vertx vertx, Optional<Path> folder, int limit) throws Exception {
    this(vertx, folder, limit, 100_000_000);
  }

  TestHistory(Vertx vertx, Optional<Path> folder, int limit, long memoryBytes) throws Exception {
    history = new History(vertx, folder, 1_000_000, limit, memoryBytes);
    disk = new Disk(vertx, "tox-server-disk-" + System.identityHashCode(history));
    disk.later(history::open);
  }

  History get() {
    return history;
  }

  /** As its server does it. */
  void close() throws Exception {
    disk.later(history::close);
    disk.executor().close();
  }

  RunLog begin(String id) throws Exception {
    return begin(id, List.of(id));
  }

  RunLog begin(String id, List<String> args) throws Exception {
    return begin(id, new Invocation(args));
  }

  /** A program of exec. */
  RunLog beginExec(String id) throws Exception {
    return begin(id, new Invocation(List.of(id), Optional.empty(), true));
  }

  private RunLog begin(String id, Invocation invocation) throws Exception {
    return disk.on(() -> history.begin(accepted(id, invocation), loss -> {}));
  }

  /** One millisecond after the one before: the next server has only that to go by. */
  private RunRecord accepted(String id, Invocation invocation) {
    RunRecord now =
        RunRecord.accepted(
            new Request.Run(new RunId(id), invocation, Optional.empty(), false, Optional.empty()),
            Optional.empty());
    return new RunRecord(
        now.id(),
        now.asked(),
        ++accepted,
        now.started(),
        now.ended(),
        now.exit(),
        now.lost(),
        now.missing(),
        now.results(),
        now.runner());
  }

  /** Some output at 0, and the exit at 1. */
  void end(RunLog log, int returncode) throws Exception {
    disk.on(
        () -> {
          append(log, Entries.output(0, 100));
          append(log, new RunEvent.Exit(1, returncode, false, Optional.empty()));
          history.update(
              log, log.record().ended(new RunEvent.Exit(1, returncode, false, Optional.empty())));
          return null;
        });
  }

  /** Ends are in the order of their milliseconds. */
  void awaitNextMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() <= now) {
      Thread.onSpinWait();
    }
  }

  void beginAndEnd(String... ids) throws Exception {
    for (String id : ids) {
      end(begin(id), 0);
    }
  }

  void append(RunLog log, RunEvent.Sequenced event) {
    log.journal().append(RunEventJson.encode(event));
  }

  List<String> newestFirst() throws Exception {
    return disk.on(() -> history.newestFirst().stream().map(log -> log.id().value()).toList());
  }

  RunLog find(String id) throws Exception {
    return disk.on(() -> history.find(new RunId(id)).orElseThrow());
  }

  boolean knows(String id) throws Exception {
    return disk.on(() -> history.find(new RunId(id)).isPresent());
  }

  List<JsonObject> read(RunLog log, long from) throws Exception {
    return disk.later(() -> log.journal().read(from));
  }

  /** The history's own, and the context that it is used on. */
  Disk disk() {
    return disk;
  }
}
