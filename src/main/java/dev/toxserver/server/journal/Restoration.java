package dev.toxserver.server.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds the runs that an earlier server has kept. */
final class Restoration {
  private static final Logger LOG = Logger.getLogger(Restoration.class.getName());

  private final Archive archive;
  private final DiskThread disk;
  private final Memory memory;

  /** Finds them in an archive; what they need later is given to their journals. */
  Restoration(Archive archive, DiskThread disk, Memory memory) {
    this.archive = archive;
    this.disk = disk;
    this.memory = memory;
  }

  /** All that can be read, the oldest first. It blocks. */
  List<RunLog> runs() throws IOException {
    List<RunLog> found = new ArrayList<>();
    for (RunRecord record : archive.load()) {
      try {
        found.add(run(record));
      } catch (IOException e) {
        LOG.log(Level.WARNING, "run {0} is left out: {1}", new Object[] {record.id(), e});
      }
    }
    return found;
  }

  /** Only what a server left that was killed has to be looked through, and that once. */
  private RunLog run(RunRecord record) throws IOException {
    Spool spool = archive.spoolOf(record.id());
    RunRecord known = record;
    if (!record.state().isOver()) {
      Optional<Entry> end = spool.last();
      known = record.found(end.flatMap(Entry::exit), end.map(entry -> entry.seq() + 1).orElse(0L));
      save(known);
    }
    return new RunLog(known, KeptJournal.restored(disk, memory, spool, known));
  }

  /** Else the next server looks through it again. */
  private void save(RunRecord found) {
    try {
      archive.save(found);
    } catch (IOException e) {
      LOG.log(Level.INFO, "run {0} can''t be saved: {1}", new Object[] {found.id(), e});
    }
  }
}
