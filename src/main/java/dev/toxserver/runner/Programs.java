package dev.toxserver.runner;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs as a shell does. */
final class Programs {
  private Programs() {}

  /**
   * The file that a name stands for.
   *
   * @param name a name to look for in the path, or, if it has a slash, a file
   * @param path folders, separated by colons
   */
  static Optional<Path> find(String name, String path) {
    try {
      if (name.contains("/")) {
        return Optional.of(Path.of(name)).filter(Programs::isProgram).map(Path::toAbsolutePath);
      }
      for (String folder : path.split(":")) {
        Path candidate = Path.of(folder).resolve(name).toAbsolutePath();
        if (isProgram(candidate)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
