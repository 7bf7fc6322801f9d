package dev.toxserver.watch;

import java.util.List;
import java.util.Set;

/**
 * What was saved before a run.
 *
 * @param files relative to the folder in which the user stands; empty for a run that no save made
 */
public record Change(List<String> files) {
  /** That of a run which was asked for in another way. */
  public static final Change NONE = new Change(List.of());

  private static final int MOST_FILES = 100;

  /** Keeps the first hundred files: of a branch switch, nobody reads more. */
  public Change {
    files = List.copyOf(files.subList(0, Math.min(files.size(), MOST_FILES)));
  }

  /** Whether a file of one of these names was saved; of very many, any may have been. */
  public boolean mayBeOf(Set<String> names) {
    return files.size() == MOST_FILES
        || files.stream()
            .map(file -> file.substring(file.lastIndexOf('/') + 1))
            .anyMatch(names::contains);
  }

  /** {@code src/a.py and 4 more}. */
  @Override
  public String toString() {
    return switch (files.size()) {
      case 0 -> "";
      case 1 -> files.get(0);
      case MOST_FILES -> files.get(0) + " and many more";
      default -> files.get(0) + " and " + (files.size() - 1) + " more";
    };
  }
}
