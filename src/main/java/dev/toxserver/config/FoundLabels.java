package dev.toxserver.config;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a runner finds of itself: the Pythons on its PATH by tox's names for them ({@code
 * python3.11} is py311, {@code pypy3.10} is pypy310), its operating system, and its processor.
 *
 * @param path the folders of programs, with {@link File#pathSeparator} between
 * @param system as Java calls it
 * @param processor as Java calls it
 */
public record FoundLabels(String path, String system, String processor) {
  private static final List<String> PYTHONS = List.of("python", "pypy");

  /** The second number of a Python 3 that is looked for, at most: there is one a year. */
  private static final int NEWEST = 30;

  /** Those of the process. */
  static FoundLabels of(Environment environment) {
    return new FoundLabels(
        environment.variables().getOrDefault("PATH", ""),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /**
   * Looks for them. Blocks. Asks for each name that a Python may have: to list the folders would be
   * thousands of names, and 5 MiB of an idle server.
   */
  public List<String> labels() {
    Set<String> labels = new TreeSet<>();
    for (String folder : path.split(File.pathSeparator)) {
      for (String python : PYTHONS) {
        look(folder, python, 2, 7, labels);
        for (int minor = 0; minor <= NEWEST; minor++) {
          look(folder, python, 3, minor, labels);
        }
      }
    }
    labels.add(system.toLowerCase(Locale.ROOT).startsWith("mac") ? "macos" : plain(system));
    labels.add(processor.equals("amd64") ? "x86_64" : plain(processor));
    return List.copyOf(labels);
  }

  private static void look(String folder, String python, int major, int minor, Set<String> labels) {
    if (new File(folder, python + major + "." + minor).canExecute()) {
      labels.add((python.equals("python") ? "py" : python) + major + minor);
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "");
  }
}
