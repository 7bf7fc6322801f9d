package dev.toxserver.server.journal;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private static final String LOCK = ".lock";

  private final Path folder;
  private final long spoolBytes;
  private final FileChannel lockFile;

  private Archive(Path folder, long spoolBytes, FileChannel lockFile) {
    this.folder = folder;
    this.spoolBytes = spoolBytes;
    this.lockFile = lockFile;
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
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " can't be written to");
    }
    FileChannel lockFile =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PRIVATE_FILE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException("another server uses " + folder);
    }
    return new Archive(folder, spoolBytes, lockFile);
  }

  /** What an earlier server has kept, the oldest first; what can't be read is left out. */
  List<RunRecord> load() throws IOException {
    List<RunRecord> found = new ArrayList<>();
    try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path each : folders) {
        try {
          byte[] json = Files.readAllBytes(each.resolve(RECORD));
          RunRecord run = RunRecordJson.decode(new JsonObject(Buffer.buffer(json)));
          if (!run.id().value().equals(each.getFileName().toString())) {
            throw new MalformedException("id", "is another's");
          }
          found.add(run);
        } catch (IOException | DecodeException | MalformedException e) {
          LOG.log(Level.WARNING, "{0} is no run''s and is ignored: {1}", new Object[] {each, e});
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

  /** An empty spool for a run, whose record is to be saved before it is written to. */
  Spool newSpool(RunId id) {
    return new Spool(folderOf(id), spoolBytes);
  }

  /** Whole or not at all: a server may die at any time. */
  void save(RunRecord run) throws IOException {
    Path runFolder = folderOf(run.id());
    makeFolder(runFolder);
    Path draft = runFolder.resolve(RECORD + ".new");
    Files.deleteIfExists(draft);
    Set<StandardOpenOption> newOnly =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(draft, newOnly, PRIVATE_FILE)) {
      ByteBuffer json = ByteBuffer.wrap(RunRecordJson.encode(run).toBuffer().getBytes());
      while (json.hasRemaining()) {
        channel.write(json);
      }
    }
    Files.move(draft, runFolder.resolve(RECORD), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets a run, with all that it has printed. */
  void delete(RunId id) throws IOException {
    try {
      Files.walkFileTree(
          folderOf(id),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // Nothing was kept of it.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  private Path folderOf(RunId id) {
    return folder.resolve(id.value());
  }

  private static void makeFolder(Path each) throws IOException {
    if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(each, PRIVATE_FOLDER);
    }
  }

  /** Released by the system when the server ends, however it does. */
  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
