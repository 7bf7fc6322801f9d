package dev.toxserver.runner.report;

import dev.toxserver.config.FolderTree;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The folder in which a run leaves its results.
 *
 * @param folder none if nobody wants them
 * @param options what tox is told before its own arguments; of two of a kind it takes the later one
 * @param variables what it is told by variables
 */
public record RunFiles(Optional<Path> folder, List<String> options, Map<String, String> variables) {
  /** Of a run whose results nobody wants. */
  public static final RunFiles NONE = new RunFiles(Optional.empty(), List.of(), Map.of());

  private static final Logger LOG = Logger.getLogger(RunFiles.class.getName());

  /** Takes copies. */
  public RunFiles {
    options = List.copyOf(options);
    variables = Map.copyOf(variables);
  }

  /** Whether there is anything to collect. */
  public boolean areWanted() {
    return folder.isPresent();
  }

  /** The run, told where to leave its results. */
  public Request.Run tell(Request.Run request) {
    if (options.isEmpty()) {
      return request;
    }
    List<String> args = new ArrayList<>(options);
    args.addAll(request.args());
    return request.with(request.invocation().with(args));
  }

  /**
   * Reads what the run has left, and takes the folder away. Blocks.
   *
   * @param returncode the run's
   * @return nothing if it has left nothing
   */
  public Optional<RunResults> collect(int returncode) {
    try {
      return folder
          .map(path -> RunReport.read(path, returncode))
          .filter(results -> !results.isEmpty());
    } finally {
      delete();
    }
  }

  /** Takes the folder away; blocks. */
  public void delete() {
    try {
      if (folder.isPresent()) {
        FolderTree.delete(folder.get());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} can''t be deleted: {1}", new Object[] {folder.get(), e});
    }
  }
}
