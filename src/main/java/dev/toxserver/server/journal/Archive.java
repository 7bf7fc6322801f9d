package dev.toxserver.server.journal;

import dev.toxserver.config.FolderTree;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The folder in which a server keeps its runs: a folder for each, named by its id, with its record
 * and its {@link Spool}. Nobody else can read any of it. All of it blocks.
 */
final class Archive implements AutoCloseable {
  static final FileAttribute<?> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<?> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Logger LOG = Logger.getLogger(Archive.class.getName());
  private static final String RECORD = "run.json";
  private static final String DRAFT = RECORD + ".new";

  /** The one before: if the machine stops, the newest may not be on the disk yet. */
  private static final String EARLIER = RECORD + ".old";

  /** More than the longest arguments and names of variables take, each character escaped. */
  private static final int MOST_RECORD_BYTES = 2 * 1024 * 1024;

  private final Path folder;
  private final long spoolBytes;
  private final Claim claim;

  private Archive(Path folder, long spoolBytes, Claim claim) {
    this.folder = folder;
    this.spoolBytes = spoolBytes;
    this.claim = claim;
  }

  /**
   * Makes the folder if it is not there, and takes it for this server alone.
   *
   * @param spoolBytes how much of each run's output is kept
   * @throws IOException if it can't be made, is somebody else's, or another server has it
   */
  static Archive open(Path folder, long spoolBytes) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    makeFolder(folder);
    return new Archive(folder, spoolBytes, Claim.on(folder));
  }

  /**
   * What an earlier server has kept, the oldest first. Where a record is damaged, as after a power
   * failure, the one before it is taken. If there is none, it is warned of and left where it is,
   * and does not hide the others.
   */
  List<RunRecord> load() throws IOException {
    List<RunRecord> found = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(folder, Archive::isFolder)) {
      for (Path each : folders) {
        try {
          found.add(newestIn(each));
        } catch (IOException | DecodeException | MalformedException e) {
          warn(
              "The record of the run {0} is damaged, and the run left out of the history: {1}",
              each, e);
        }
      }
    }
    found.sort(Comparator.comparingLong(RunRecord::accepted));
    return found;
  }

  /** The spool of a run that an earlier server has kept. */
  Spool spoolOf(RunId id) throws IOException {
    return Spool.open(folderOf(id), spoolBytes);
  }

  /** An empty spool for a run that is begun before it is written to. */
  Spool newSpool(RunId id) {
    return new Spool(folderOf(id), spoolBytes);
  }

  /** Keeps a new run. What is in its place is gone: a run of that id that was left out. */
  void begin(RunRecord run) throws IOException {
    if (Files.exists(folderOf(run.id()), LinkOption.NOFOLLOW_LINKS)) {
      delete(run.id());
    }
    save(run);
  }

  /** Keeps what became of a run. Where there is no room for that, its output makes room. */
  void end(RunRecord run) throws IOException {
    try {
      save(run);
    } catch (IOException e) {
      spoolOf(run.id()).delete();
      save(run.missing(run.missing().or(() -> Optional.of(Trouble.notKept(e)))));
    }
  }

  /** Whole or not at all: a server may die at any time. */
  void save(RunRecord run) throws IOException {
    Path runFolder = folderOf(run.id());
    makeFolder(runFolder);
    Path draft = runFolder.resolve(DRAFT);
    Files.deleteIfExists(draft);
    Set<StandardOpenOption> newOnly =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(draft, newOnly, PRIVATE_FILE)) {
      ByteBuffer json = ByteBuffer.wrap(RunRecordJson.encode(run).toBuffer().getBytes());
      while (json.hasRemaining()) {
        channel.write(json);
      }
    }
    // What is renamed over a file ext4 writes out first, which takes its time on a busy disk.
    Path record = runFolder.resolve(RECORD);
    Path earlier = runFolder.resolve(EARLIER);
    if (Files.exists(record, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(earlier);
      Files.move(record, earlier, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(draft, record, StandardCopyOption.ATOMIC_MOVE);
  }

  private static RunRecord newestIn(Path runFolder) throws IOException {
    Path record = recordIn(runFolder);
    try {
      return read(record);
    } catch (IOException | DecodeException | MalformedException e) {
      Path earlier = runFolder.resolve(EARLIER);
      if (Files.notExists(earlier, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      RunRecord found = read(earlier);
      // Else the next one that is saved would put the damaged one in its place.
      Files.move(earlier, record, StandardCopyOption.ATOMIC_MOVE);
      warn(
          "The last record of the run {0} is damaged, and the one before taken: {1}", runFolder, e);
      return found;
    }
  }

  private static void warn(String message, Path runFolder, Exception why) {
    String firstLine = why.toString().lines().findFirst().orElse("");
    LOG.log(Level.WARNING, message, new Object[] {runFolder.getFileName(), firstLine});
  }

  private static RunRecord read(Path record) throws IOException {
    byte[] json = RegularFile.read(record, MOST_RECORD_BYTES);
    RunRecord run = RunRecordJson.decode(new JsonObject(Buffer.buffer(json)));
    if (!run.id().value().equals(record.getParent().getFileName().toString())) {
      throw new MalformedException("id", "is another's");
    }
    return run;
  }

  /** A server that died after it had moved a record aside has left the next one whole. */
  private static Path recordIn(Path runFolder) throws IOException {
    Path record = runFolder.resolve(RECORD);
    if (Files.notExists(record, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(runFolder.resolve(DRAFT), LinkOption.NOFOLLOW_LINKS)) {
      Files.move(runFolder.resolve(DRAFT), record, StandardCopyOption.ATOMIC_MOVE);
    }
    return record;
  }

  /** Forgets a run, with all that it has printed. */
  void delete(RunId id) throws IOException {
    FolderTree.delete(folderOf(id));
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }

  private Path folderOf(RunId id) {
    return folder.resolve(id.value());
  }

  private static void makeFolder(Path each) throws IOException {
    if (!isFolder(each)) {
      Files.createDirectory(each, PRIVATE_FOLDER);
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
