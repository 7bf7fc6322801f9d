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

  /** Those of the process. */
  static FoundLabels of(Environment environment) {
    return new FoundLabels(
        environment.variables().getOrDefault("PATH", ""),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** Looks for them. Blocks; reads the folders' names only. */
  public List<String> labels() {
    Set<String> labels = new TreeSet<>();
    for (String folder : path.split(File.pathSeparator)) {
      String[] names = new File(folder).list();
      for (String name : names == null ? new String[0] : names) {
        String label = pythonOf(name);
        if (!label.isEmpty() && new File(folder, name).canExecute()) {
          labels.add(label);
        }
      }
    }
    labels.add(system.toLowerCase(Locale.ROOT).startsWith("mac") ? "macos" : plain(system));
    labels.add(processor.equals("amd64") ? "x86_64" : plain(processor));
    return List.copyOf(labels);
  }

  /** Empty if it is none, or its name does not say its version. */
  private static String pythonOf(String program) {
    for (String python : PYTHONS) {
      String version = program.startsWith(python) ? program.substring(python.length()) : "";
      if (version.matches("\\d\\.\\d{1,3}")) {
        return (python.equals("python") ? "py" : python) + version.replace(".", "");
      }
    }
    return "";
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "");
  }
}
