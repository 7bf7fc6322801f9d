package dev.toxserver.client.paths;

import dev.toxserver.protocol.Stream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done with the paths in one run's output, as it passes. For one thread at a time. */
public final class RunPaths {
  private final Map<Stream, PathLinks> links = new EnumMap<>(Stream.class);
  private final Optional<Problems> problems;

  /**
   * For one run.
   *
   * @param linked the streams of which the user sees links, since they lead to a terminal
   * @param problems takes in what both print, if somebody wants to know
   */
  public RunPaths(ProjectPaths paths, List<Stream> linked, Optional<Problems> problems) {
    for (Stream stream : linked) {
      links.put(stream, new PathLinks(paths.root(), paths.here().toString()));
    }
    this.problems = problems;
  }

  /** What the user is to see of the next bytes. */
  public byte[] pass(Stream stream, byte[] data) {
    if (problems.isPresent()) {
      problems.get().take(stream, data);
    }
    PathLinks linker = links.get(stream);
    return linker == null ? data : linker.apply(data);
  }
}
