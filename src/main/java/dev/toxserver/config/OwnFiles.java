package dev.toxserver.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** Files and folders that are this user's alone. */
public final class OwnFiles {
  private static final Set<PosixFilePermission> ALONE =
      PosixFilePermissions.fromString("rwx------");

  static final FileAttribute<?> FOLDER = PosixFilePermissions.asFileAttribute(ALONE);

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnFiles() {}

  /**
   * Writes a file that this very call makes: whoever owns the folder could have put a link there.
   */
  public static void create(Path file, String text) throws IOException {
    create(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with bytes. */
  static void create(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> newOnly =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, newOnly, FILE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  /** Deletes a file that holds just this text, and no other. */
  static void deleteIfItHolds(Path file, String text) throws IOException {
    try {
      if (Token.beginningOf(file).equals(text)) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // Somebody has tidied up.
      return;
    }
  }

  /** Whether a file is this user's. */
  static boolean isOwn(Path file) throws IOException {
    return Files.getOwner(file).equals(thisUser());
  }

  /** Whether there is a file that is this user's, and no link or folder. */
  static boolean isOwnFile(Path file) throws IOException {
    Optional<PosixFileAttributes> found = attributes(file);
    return found.isPresent()
        && found.get().isRegularFile()
        && found.get().owner().equals(thisUser());
  }

  /** Whether there is a folder that is this user's alone, and no link. */
  static boolean isOwnFolder(Path folder) throws IOException {
    Optional<PosixFileAttributes> found = attributes(folder);
    return found.isPresent()
        && found.get().isDirectory()
        && found.get().permissions().equals(ALONE)
        && found.get().owner().equals(thisUser());
  }

  /** Whether a folder is this user's, or the nearest one above it that is there. */
  static boolean isBelowOwn(Path folder) throws IOException {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return isOwn(there);
  }

  /** Why a file or folder can't be written, in words for the user. */
  public static String why(Throwable failure) {
    return failure instanceof AccessDeniedException
        ? "this user may not write there"
        : failure.getMessage();
  }

  /**
   * Makes a folder, with those above it, or takes the one that is there.
   *
   * @throws IOException if it is a link, another user's, or open to others, who could put links
   *     into it
   */
  public static void takeFolder(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    try {
      Files.createDirectory(folder, FOLDER);
    } catch (FileAlreadyExistsException e) {
      PosixFileAttributes found =
          attributes(folder).orElseThrow(() -> new NoSuchFileException(folder.toString()));
      if (!found.isDirectory() || !found.owner().equals(thisUser())) {
        throw new IOException(folder + " is no folder of this user's");
      }
      Files.setPosixFilePermissions(folder, ALONE);
    }
  }

  /** Of what is there itself: of a link, not of what it names. Empty if nothing is there. */
  private static Optional<PosixFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Java does not tell; Linux does, by who owns the process. */
  private static UserPrincipal thisUser() throws IOException {
    try {
      return Files.getOwner(Path.of("/proc/self"));
    } catch (NoSuchFileException e) {
      Path here = Path.of("");
      return here.getFileSystem()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(System.getProperty("user.name"));
    }
  }
}
