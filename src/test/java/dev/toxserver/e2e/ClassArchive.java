package dev.toxserver.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The archive of classes with which the tests start the jar, as the launcher does: it halves the
 * start of each process, and with it the time of these tests. It lies beside the jar, and is made
 * again with it.
 */
final class ClassArchive {
  private ClassArchive() {}

  /** The flag by which this command of a Java takes the archive for the jar; made once. */
  static synchronized List<String> of(Path jar, List<String> java) {
    String version = System.getProperty("java.version");
    Path archive = jar.resolveSibling("tests-on-%s.jsa".formatted(version));
    try {
      if (!holds(archive, jar)) {
        make(archive, jar, java);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of("-XX:SharedArchiveFile=" + archive);
  }

  private static boolean holds(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private static void make(Path archive, Path jar, List<String> java) throws IOException {
    Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    List<String> command = new ArrayList<>(java);
    command.add("-XX:ArchiveClassesAtExit=" + unfinished);
    command.addAll(List.of("-cp", jar.toString(), "dev.toxserver.Training"));
    Path log = archive.resolveSibling(archive.getFileName() + ".log");
    Process training =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    if (training.onExit().join().exitValue() != 0) {
      throw new IOException("no archive can be made: " + Files.readString(log));
    }
    Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}
