package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The file .tox-server/token in a project: the server writes it, and whoever works in the project
 * reads it. In the usual bind-mounted project nobody has to type anything.
 */
final class TokenFile {
  private static final String FOLDER = ".tox-server";
  private static final String NAME = "token";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private TokenFile() {}

  /** The nearest one, from a folder upwards, that this user can read. */
  static Optional<Path> nearest(Path folder) {
    for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
      Path file = each.resolve(FOLDER).resolve(NAME);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  static Path in(Path project) {
    return project.resolve(FOLDER).resolve(NAME);
  }

  /**
   * The token of a project: the one that is there, for another server of the same project may want
   * it, or a new one. The file belongs to the project's owner and to nobody else: root in a
   * container serves a project that belongs to a user of the host.
   *
   * @throws IOException if this user can't keep one there
   * @throws InvalidSettingException if what is there can't be trusted
   */
  static Token obtain(Path project) throws IOException {
    Path folder = project.resolve(FOLDER);
    PosixFileAttributes owner = Files.readAttributes(project, PosixFileAttributes.class);
    makeFolder(folder, owner);
    makeToken(folder, owner);
    Path token = folder.resolve(NAME);
    check(token, owner);
    if (!Files.isReadable(token)) {
      throw new AccessDeniedException(token.toString());
    }
    try {
      return Token.read(token);
    } catch (InvalidSettingException e) {
      throw refused(folder, e.getMessage() + "; delete it");
    }
  }

  private static void makeFolder(Path folder, PosixFileAttributes owner) throws IOException {
    try {
      Files.createDirectory(folder, OwnFiles.FOLDER);
      giveOrDelete(folder, owner);
      // Nobody shall commit the token by accident.
      Path ignore = folder.resolve(".gitignore");
      OwnFiles.create(ignore, "*\n");
      give(ignore, owner);
    } catch (FileAlreadyExistsException e) {
      checkFolder(folder, owner);
    }
  }

  /** A link could lead root to anywhere, and so could what others put into the folder. */
  private static void checkFolder(Path folder, PosixFileAttributes owner) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()) {
      throw refused(folder, "it is no folder");
    }
    if (!Collections.disjoint(found.permissions(), WRITABLE_BY_OTHERS)) {
      throw refused(folder, "others can write to it");
    }
    if (!found.owner().equals(owner.owner())) {
      throw refused(folder, "it belongs to " + found.owner() + ": delete it");
    }
  }

  /** Whole or not at all, and not over one that is there: two servers may start at once. */
  private static void makeToken(Path folder, PosixFileAttributes owner) throws IOException {
    Path token = folder.resolve(NAME);
    if (Files.exists(token, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path draft = folder.resolve(NAME + "." + UUID.randomUUID() + ".new");
    OwnFiles.create(draft, Token.random().secret() + "\n");
    try {
      give(draft, owner);
      Files.createLink(token, draft);
    } catch (FileAlreadyExistsException e) {
      // The other server was faster.
      return;
    } finally {
      Files.delete(draft);
    }
  }

  /** Only root can give it away: whoever else serves another's project keeps none there. */
  private static void giveOrDelete(Path folder, PosixFileAttributes owner) throws IOException {
    try {
      give(folder, owner);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  private static void give(Path file, PosixFileAttributes owner) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes().owner().equals(owner.owner())) {
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
    }
  }

  /** One that others could read, or could have written, is worth nothing. */
  private static void check(Path token, PosixFileAttributes owner) throws IOException {
    Path folder = token.getParent();
    PosixFileAttributes found =
        Files.readAttributes(token, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw refused(folder, "the token is no plain file");
    }
    if (!OWNER_ONLY.containsAll(found.permissions())) {
      throw refused(folder, "others can read the token: delete it, and start again");
    }
    if (!found.owner().equals(owner.owner())) {
      throw refused(folder, "the token belongs to " + found.owner() + ": delete it");
    }
  }

  private static InvalidSettingException refused(Path folder, String why) {
    return new InvalidSettingException(
        "no token can be kept in %s (%s): name one with --token-file or TOX_SERVER_TOKEN"
            .formatted(folder, why));
  }
}
