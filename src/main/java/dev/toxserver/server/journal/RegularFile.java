package dev.toxserver.server.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Files that are opened only if they are files: to open a pipe waits for whoever is to be at its
 * other end, a device may do anything, and a link leads elsewhere.
 */
final class RegularFile {
  private RegularFile() {}

  /**
   * Opens one that is there.
   *
   * @throws IOException if it is not there, or is no regular file
   */
  static FileChannel open(Path file, StandardOpenOption how) throws IOException {
    check(file);
    return FileChannel.open(file, Set.of(how, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * Reads one whole.
   *
   * @param most bytes
   * @throws IOException if it is longer, or can't be read
   */
  static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = Channels.newInputStream(open(file, StandardOpenOption.READ))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(file + " is longer than " + most + " bytes");
      }
      return bytes;
    }
  }

  /** Whether one can be made or opened there: nothing else may be in its place. */
  static void checkOrAbsent(Path file) throws IOException {
    try {
      check(file);
    } catch (NoSuchFileException e) {
      // Then it will be a file.
      return;
    }
  }

  private static void check(Path file) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new IOException(file + " is no regular file");
    }
  }
}
