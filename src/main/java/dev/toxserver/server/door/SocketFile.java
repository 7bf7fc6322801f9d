package dev.toxserver.server.door;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a Unix domain socket: never open to others, and never in place of what is in use.
 *
 * <p>A socket gets its mode from the umask, which Java can't set: between bind and chmod, others
 * could connect. So it is bound in a folder that only this user can enter, gets its mode there, and
 * only then a link at its place. Unlike a rename, a link replaces nothing: of two servers that
 * start at once on a free path, one wins. A stale file is taken into the folder and looked at again
 * there, so that of two servers that find it, neither deletes what the other has just put in its
 * place. One race is left: in the instant in which the first puts the file back, a third server
 * could take its place.
 */
final class SocketFile implements AutoCloseable {
  private static final int SOCKET_TYPE = 0140000;
  private static final int TYPE_MASK = 0170000;
  private static final int ATTEMPTS = 20;

  private final Path path;
  private final Path folder;
  private Object identity;

  private SocketFile(Path path, Path folder) {
    this.path = path;
    this.folder = folder;
  }

  /** Makes the folder to bind in. */
  static SocketFile prepare(Path path) throws IOException {
    return new SocketFile(path, privateFolderBeside(path));
  }

  /** Where to bind the socket: at most 7 bytes longer than its path. */
  Path draft() {
    return folder.resolve("s");
  }

  /**
   * Puts the bound socket at its path, in place of a stale one.
   *
   * @throws IOException if something else is there; the message is one line for the user
   */
  void publish() throws IOException {
    Files.setPosixFilePermissions(draft(), PosixFilePermissions.fromString("rw-------"));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Files.createLink(path, draft());
        identity = identity(draft());
        return;
      } catch (FileAlreadyExistsException e) {
        takeAwayIfStale();
      }
    }
    throw new IOException("others keep putting a file there");
  }

  /** Takes the folder away, and the draft with it. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(draft());
    Files.deleteIfExists(folder);
  }

  /** Removes the socket from its path, unless somebody has put another there. */
  void remove() throws IOException {
    if (identity != null && identity.equals(identity(path))) {
      Files.delete(path);
    }
  }

  private void takeAwayIfStale() throws IOException {
    Path taken = folder.resolve("t");
    try {
      refuseUnlessStale(path);
      Files.move(path, taken, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Whoever had it has left.
      return;
    }
    try {
      refuseUnlessStale(taken);
      Files.delete(taken);
    } catch (IOException e) {
      Files.move(taken, path);
      throw e;
    }
  }

  /** Fails with a {@link NoSuchFileException} if another takes the file away meanwhile. */
  private static void refuseUnlessStale(Path found) throws IOException {
    int mode = (Integer) Files.getAttribute(found, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & TYPE_MASK) != SOCKET_TYPE) {
      throw new IOException("a file that is no socket is there, and stays there");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Else a server that is stopped, with a full backlog, would hold us here for ever.
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(found));
    } catch (ConnectException e) {
      return;
    } catch (SocketException e) {
      if (Files.notExists(found, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(found.toString());
      }
      throw e;
    }
    throw new IOException("another server listens there");
  }

  private static Path privateFolderBeside(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    try {
      while (true) {
        int random = ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36);
        try {
          return Files.createDirectory(
              parent.resolve(".t" + Integer.toString(random, 36)),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
          continue;
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no folder " + parent, e);
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not write to " + parent, e);
    }
  }

  private static Object identity(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
