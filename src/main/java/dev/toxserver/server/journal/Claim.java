package dev.toxserver.server.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** That a folder is this server's alone: its user's, and no other server's. */
final class Claim implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final FileChannel lockFile;

  private Claim(FileChannel lockFile) {
    this.lockFile = lockFile;
  }

  /**
   * Takes a folder that is there. It is released by the system when the server ends, however it
   * does.
   *
   * @throws IOException if it can't be written to, is another user's, or another server has it
   */
  static Claim on(Path folder) throws IOException {
    checkOwner(folder);
    Path lock = folder.resolve(LOCK);
    RegularFile.checkOrAbsent(lock);
    FileChannel lockFile =
        FileChannel.open(
            lock,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            Archive.PRIVATE_FILE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException("another server uses " + folder);
    }
    return new Claim(lockFile);
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /**
   * Whoever owns a folder can put links and pipes into it, and read what is written there. A file
   * that we make tells who we are, whatever the file system makes of its users.
   */
  private static void checkOwner(Path folder) throws IOException {
    Path ours = folder.resolve(".owner-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    Files.createFile(ours, Archive.PRIVATE_FILE);
    try {
      UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
      if (!owner.equals(Files.getOwner(ours, LinkOption.NOFOLLOW_LINKS))) {
        throw new IOException(folder + " belongs to another user, " + owner.getName());
      }
    } finally {
      Files.delete(ours);
    }
  }

  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
