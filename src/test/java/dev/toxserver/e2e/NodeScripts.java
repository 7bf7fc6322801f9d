package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scripts of src/test/node, in a copy below target, so that the checkout stays as it is. Their
 * packages are installed when the first test needs them, and again when their list has changed.
 */
final class NodeScripts {
  private static final Path FOLDER = Path.of("target/node").toAbsolutePath();

  private NodeScripts() {}

  /** A command that runs one of the scripts, by its name, with arguments. */
  static List<String> command(String script, String... args) {
    List<String> command = new ArrayList<>(List.of("node", file(script).toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** A file in the copy: a script, or one of a package's, below node_modules. */
  static Path file(String name) {
    return Installed.IN.resolve(name);
  }

  private static final class Installed {
    static final Path IN = install();
  }

  private static Path install() {
    try (Stream<Path> files = Files.list(Path.of("src/test/node"))) {
      Files.createDirectories(FOLDER);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = FOLDER.resolve(file.getFileName());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      installPackages(Files.readString(FOLDER.resolve("package-lock.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return FOLDER;
  }

  private static void installPackages(String list) throws IOException {
    // npm ci begins by deleting this folder, and so this file.
    Path done = FOLDER.resolve("node_modules/installed");
    if (Files.exists(done) && Files.readString(done).equals(list)) {
      return;
    }
    Path log = FOLDER.resolve("npm.log");
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    assertThat(npm.onExit().join().exitValue()).as("npm ci: %s", Files.readString(log)).isZero();
    Files.writeString(done, list);
  }
}
