package dev.toxserver.runner.report;

import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.TestCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what a run has left in its folder: tox's file, and those of the tests, one for each
 * environment, {@code NAME.xml}. The run could put anything there: links and pipes are passed over,
 * and so is what is too much. It blocks.
 */
final class RunReport {
  static final String TOX_FILE = "tox.json";

  /** The most bytes of all files together that are read. */
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  private static final int MOST_FILES = RunResults.MOST_ENVIRONMENTS;
  private static final String XML = ".xml";

  private final Path folder;
  private final Map<String, EnvironmentResult> environments = new LinkedHashMap<>();
  private Optional<String> notice = Optional.empty();
  private long bytes;
  private int failures;

  private RunReport(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads it.
   *
   * @param returncode the run's
   */
  static RunResults read(Path folder, int returncode) {
    RunReport report = new RunReport(folder);
    report.readTox(folder.resolve(TOX_FILE), returncode == 0);
    report.readTests();
    return new RunResults(List.copyOf(report.environments.values()), report.notice);
  }

  private void readTox(Path file, boolean allPassed) {
    read(
        file,
        in -> ToxReport.read(in, allPassed).forEach(each -> environments.put(each.name(), each)));
  }

  private void readTests() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + XML)) {
      for (Path file : found) {
        if (files.size() == MOST_FILES) {
          note("more than " + MOST_FILES + " files of JUnit XML");
          break;
        }
        files.add(file);
      }
    } catch (IOException e) {
      note(e.toString());
    }
    Collections.sort(files);
    files.forEach(this::readTests);
  }

  private void readTests(Path file) {
    String fileName = file.getFileName().toString();
    String name = RunResults.shown(fileName.substring(0, fileName.length() - XML.length()));
    if (environments.size() < RunResults.MOST_ENVIRONMENTS || environments.containsKey(name)) {
      read(file, in -> add(name, JUnitReport.read(in, RunResults.MOST_FAILURES - failures)));
    }
  }

  private void add(String name, JUnitReport tests) {
    failures += tests.failures().size();
    EnvironmentResult known =
        environments.getOrDefault(
            name,
            new EnvironmentResult(
                name, Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    TestCounts counts = tests.counts();
    List<FailedTest> failed = tests.failures();
    environments.put(
        name,
        new EnvironmentResult(
            name, known.passed(), known.durationMillis(), Optional.of(counts), failed));
  }

  private interface Reading {
    void from(InputStream in) throws IOException;
  }

  private void read(Path file, Reading reading) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      bytes += Files.size(file);
      if (bytes > MOST_BYTES) {
        throw new IOException("is more than is read");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        reading.from(in);
      }
    } catch (IOException e) {
      note(file.getFileName() + " " + e.getMessage());
    }
  }

  /** The first is enough. */
  private void note(String what) {
    notice = notice.or(() -> Optional.of(RunResults.shown("not all results were read: " + what)));
  }
}
