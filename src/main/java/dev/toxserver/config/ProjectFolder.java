package dev.toxserver.config;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The folder .tox-server in a project, where a server leaves what its clients look for. It belongs
 * to the project's owner and to nobody else: root in a container serves a project that belongs to a
 * user of the host.
 */
final class ProjectFolder {
  private static final String NAME = ".tox-server";
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path folder;
  private final PosixFileAttributes owner;

  /** What is there is not as a server leaves it; the message says why. */
  static final class UntrustedException extends IOException {
    private static final long serialVersionUID = 1L;

    UntrustedException(String why) {
      super(why);
    }
  }

  private ProjectFolder(Path folder, PosixFileAttributes owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /** The file of that name that is nearest, from a folder upwards, and that this user can read. */
  static Optional<Path> nearest(Path from, String name) {
    for (Path each = from.toAbsolutePath(); each != null; each = each.getParent()) {
      Path file = in(each, name);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Where a project has a file. */
  static Path in(Path project, String name) {
    return project.resolve(NAME).resolve(name);
  }

  /**
   * Makes a project's folder, or takes the one that is there.
   *
   * @throws UntrustedException if it is no folder that the project's owner alone can write to
   * @throws IOException if this user can't keep one there
   */
  static ProjectFolder obtain(Path project) throws IOException {
    Path folder = project.resolve(NAME);
    ProjectFolder own =
        new ProjectFolder(folder, Files.readAttributes(project, PosixFileAttributes.class));
    try {
      Files.createDirectory(folder, OwnFiles.FOLDER);
      own.giveOrDelete();
      // Nobody shall commit the token by accident.
      own.create(".gitignore", "*\n");
    } catch (FileAlreadyExistsException e) {
      own.check();
    }
    return own;
  }

  /** A file in it, which may not be there. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** Whether a file is the project's owner's. */
  boolean belongsToOwner(PosixFileAttributes file) {
    return file.owner().equals(owner.owner());
  }

  /** Makes a new file. */
  Path create(String name, String text) throws IOException {
    Path file = resolve(name);
    OwnFiles.create(file, text);
    give(file);
    return file;
  }

  /** A link could lead root to anywhere, and so could what others put into the folder. */
  private void check() throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()) {
      throw new UntrustedException("it is no folder");
    }
    if (!Collections.disjoint(found.permissions(), WRITABLE_BY_OTHERS)) {
      throw new UntrustedException("others can write to it");
    }
    if (!belongsToOwner(found)) {
      throw new UntrustedException("it belongs to " + found.owner() + ": delete it");
    }
  }

  /** Only root can give it away: whoever else serves another's project keeps none there. */
  private void giveOrDelete() throws IOException {
    try {
      give(folder);
    } catch (IOException e) {
      Files.delete(folder);
      throw e;
    }
  }

  private void give(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!belongsToOwner(view.readAttributes())) {
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
    }
  }
}
