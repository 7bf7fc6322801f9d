package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** bin/tox-server beside a jar, on a Java that is not ours. */
@Timeout(120)
class LauncherIT {
  private static final String FOLDER = "a-folder-whose-name-is-long-but-not-too-long/";

  @TempDir Path folder;

  /** A file's name has 255 bytes at most. */
  @Test
  void theArchiveOfAJarInADeepFolderIsMadeOnce() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Path launcher = copyTo(Files.createDirectories(folder.resolve(FOLDER.repeat(8))));
    Path train = Path.of("bin/tox-server.d/train");
    Files.createDirectory(launcher.resolveSibling("tox-server.d"));
    Files.copy(
        train, launcher.resolveSibling("tox-server.d/train"), StandardCopyOption.COPY_ATTRIBUTES);
    version(launcher, cache);
    await("the training has ended")
        .atMost(Duration.ofSeconds(60))
        .until(() -> !files(cache).isEmpty() && !Files.exists(cache.resolve("tox-server/lock")));
    assertThat(files(cache)).hasSize(1).allMatch(file -> file.toString().endsWith(".jsa"));
    assertThat(Files.size(files(cache).get(0))).isPositive();
  }

  @Test
  void theLauncherAndTheJarAloneDoWithoutAnArchive() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));

    String said = version(copyTo(folder), cache);

    assertThat(said).isEmpty();
    assertThat(cache).isEmptyDirectory();
  }

  private static Path copyTo(Path target) throws IOException {
    Path launcher = target.resolve("tox-server");
    for (Path file : List.of(Path.of("bin/tox-server"), Path.of(jar()))) {
      Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return launcher;
  }

  private static String jar() {
    return System.getProperty("tox-server.jar");
  }

  /** Returns what it said on standard error. */
  private static String version(Path launcher, Path cache) throws Exception {
    Map<String, String> variables =
        Map.of(
            "JAVA_HOME", System.getProperty("java.home"),
            "TOX_SERVER_JAVA_OPTS", "",
            "XDG_CACHE_HOME", cache.toString());
    try (JarProcess version =
        new JarProcess(cache, variables, List.of(launcher.toString(), "--version"))) {
      assertThat(version.exitCode()).isZero();
      return version.err().text();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
