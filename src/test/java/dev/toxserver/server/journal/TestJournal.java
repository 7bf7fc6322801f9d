package dev.toxserver.server.journal;

import dev.toxserver.protocol.RunEventJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal, with its disk, that is written to and read by the dozen. */
final class TestJournal {
  private static final int CHUNK = 16 * 1024;

  private final Disk disk;
  private final KeptJournal journal;

  TestJournal(Disk disk, Optional<Spool> spool, Consumer<Throwable> onLoss) {
    this(disk, new Memory(1L << 40), spool, onLoss);
  }

  TestJournal(Disk disk, Memory memory, Optional<Spool> spool, Consumer<Throwable> onLoss) {
    this.disk = disk;
    this.journal = new KeptJournal(new DiskThread(disk.executor()), memory, spool, onLoss);
  }

  KeptJournal get() {
    return journal;
  }

  /** Output from one place to another, which is not among them. */
  void append(long from, long to) throws Exception {
    disk.on(
        () -> {
          for (long seq = from; seq < to; seq++) {
            journal.append(RunEventJson.encode(Entries.output(seq, CHUNK)));
          }
          return null;
        });
  }

  void exit(long seq) throws Exception {
    disk.on(
        () -> {
          journal.append(RunEventJson.encode(Entries.exit(seq)));
          return null;
        });
  }

  void forget() throws Exception {
    disk.on(
        () -> {
          journal.forget();
          return null;
        });
  }

  /** What a reader gets. */
  List<Long> readAll(long from) throws Exception {
    List<Long> all = new ArrayList<>();
    long next = from;
    while (next < disk.on(journal::nextSeq)) {
      long asked = next;
      for (JsonObject body : disk.later(() -> journal.read(asked))) {
        all.add(RunEventJson.seqOf(body).orElseThrow());
      }
      if (all.isEmpty() || all.get(all.size() - 1) < asked) {
        throw new AssertionError("nothing from " + asked + " on");
      }
      next = all.get(all.size() - 1) + 1;
    }
    return all;
  }
}
