package dev.toxserver.runner;

import dev.toxserver.protocol.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a run's program starts.
 *
 * @param path an absolute path
 * @param notice what its user should know about it, in one line
 */
record StartFolder(Path path, Optional<String> notice) {

  /**
   * A folder below the one that is served; or that one, with a notice, if there is no such folder
   * here. Reads the file system.
   *
   * @param wanted relative to the folder that is served
   * @throws LaunchException if a link leads out of the folder that is served
   */
  static StartFolder of(Path served, Optional<String> wanted) throws LaunchException {
    if (wanted.isEmpty()) {
      return new StartFolder(served.toAbsolutePath(), Optional.empty());
    }
    try {
      Path root = served.toRealPath();
      Path folder = root.resolve(wanted.get());
      if (!Files.isDirectory(folder)) {
        return new StartFolder(
            root,
            Optional.of(
                "there is no folder %s on the server: tox starts in %s"
                    .formatted(wanted.get(), root)));
      }
      Path real = folder.toRealPath();
      if (!real.startsWith(root)) {
        throw refused("a link leads out of the folder that is served, to " + real);
      }
      return new StartFolder(real, Optional.empty());
    } catch (IOException e) {
      throw refused("the folder can't be entered: " + e);
    }
  }

  private static LaunchException refused(String why) {
    return new LaunchException(RunEvent.Exit.NOT_STARTED, why);
  }
}
