package dev.toxserver.client.paths;

import dev.toxserver.protocol.Stream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run's output says is wrong in the user's files, as lines for an editor: {@code FILE:LINE:
 * MESSAGE}. Keeps the first 5,000.
 */
public final class Problems {
  private static final int MOST = 5_000;

  private final ProjectPaths paths;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final TextLines out = new TextLines(new ProblemLines(this::found)::line);
  private final TextLines err = new TextLines(new ProblemLines(this::found)::line);

  /** Those of one run. */
  public Problems(ProjectPaths paths) {
    this.paths = paths;
  }

  /** Takes in the next bytes of output. */
  public synchronized void take(Stream stream, byte[] data) {
    (stream == Stream.STDOUT ? out : err).take(data);
  }

  /** Those that were found until now, in files that the user has, each once. Blocks. */
  public synchronized List<String> lines() {
    Map<String, Optional<Path>> files = new TreeMap<>();
    return problems.stream()
        .flatMap(
            problem ->
                files.computeIfAbsent(problem.path(), paths::find).stream()
                    .map(file -> file + ":" + problem.line() + ": " + problem.message()))
        .distinct()
        .toList();
  }

  private void found(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    }
  }
}
