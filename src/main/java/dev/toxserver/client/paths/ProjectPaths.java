package dev.toxserver.client.paths;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which of the user's files a path in a run's output means.
 *
 * @param root the folder that the server serves, as it is called over there
 * @param here the same folder on the user's side
 * @param start where the run has started, on the user's side
 */
public record ProjectPaths(String root, Path here, Path start) {

  /**
   * The user's file of a path that was printed, if there is one in the project. A relative one is
   * looked for from where the run has started upwards, since tox starts programs in the folder of
   * its tox.ini. Blocks.
   */
  Optional<Path> find(String printed) {
    try {
      if (printed.startsWith("/")) {
        return printed.startsWith(root + "/")
            ? existing(here, printed.substring(root.length() + 1))
            : Optional.empty();
      }
      for (Path folder = start; folder != null && folder.startsWith(here); ) {
        Optional<Path> file = existing(folder, printed);
        if (file.isPresent()) {
          return file;
        }
        folder = folder.getParent();
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * A path that was printed, as the user can open it who stands where the run has started; as it
   * was printed, if the user has no such file. Blocks.
   */
  public String asUserSees(String printed) {
    return find(printed)
        .map(file -> file.startsWith(start) ? start.relativize(file) : file)
        .map(Path::toString)
        .orElse(printed);
  }

  /** A line that was printed, with the user's folder in place of the server's. */
  public String inLine(String line) {
    return line.replace(root + "/", here + "/");
  }

  private Optional<Path> existing(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    return file.startsWith(here) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }
}
