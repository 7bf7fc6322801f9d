package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The file .tox-server/token in a project: the server writes it, and whoever works in the project
 * reads it. In the usual bind-mounted project nobody has to type anything.
 */
final class TokenFile {
  private static final String NAME = "token";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private TokenFile() {}

  /** The nearest one, from a folder upwards, that this user can read. */
  static Optional<Path> nearest(Path folder) {
    return ProjectFolder.nearest(folder, NAME);
  }

  static Path in(Path project) {
    return ProjectFolder.in(project, NAME);
  }

  /**
   * The token of a project: the one that is there, for another server of the same project may want
   * it, or a new one.
   *
   * @throws IOException if this user can't keep one there
   * @throws InvalidSettingException if what is there can't be trusted
   */
  static Token obtain(Path project) throws IOException {
    Path token = in(project);
    try {
      ProjectFolder folder = ProjectFolder.obtain(project);
      make(folder);
      check(token, folder);
    } catch (ProjectFolder.UntrustedException e) {
      throw refused(token, e.getMessage());
    }
    if (!Files.isReadable(token)) {
      throw new AccessDeniedException(token.toString());
    }
    try {
      return Token.read(token);
    } catch (InvalidSettingException e) {
      throw refused(token, e.getMessage() + "; delete it");
    }
  }

  /** Whole or not at all, and not over one that is there: two servers may start at once. */
  private static void make(ProjectFolder folder) throws IOException {
    Path token = folder.resolve(NAME);
    if (Files.exists(token, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path draft =
        folder.create(NAME + "." + UUID.randomUUID() + ".new", Token.random().secret() + "\n");
    try {
      Files.createLink(token, draft);
    } catch (FileAlreadyExistsException e) {
      // The other server was faster.
      return;
    } finally {
      Files.delete(draft);
    }
  }

  /** One that others could read, or could have written, is worth nothing. */
  private static void check(Path token, ProjectFolder folder) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(token, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new ProjectFolder.UntrustedException("the token is no plain file");
    }
    if (!OWNER_ONLY.containsAll(found.permissions())) {
      throw new ProjectFolder.UntrustedException(
          "others can read the token: delete it, and start again");
    }
    if (!folder.belongsToOwner(found)) {
      throw new ProjectFolder.UntrustedException(
          "the token belongs to " + found.owner() + ": delete it");
    }
  }

  private static InvalidSettingException refused(Path token, String why) {
    return new InvalidSettingException(
        "no token can be kept in %s (%s): name one with --token-file or TOX_SERVER_TOKEN"
            .formatted(token.getParent(), why));
  }
}
