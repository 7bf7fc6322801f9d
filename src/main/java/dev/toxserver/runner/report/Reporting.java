package dev.toxserver.runner.report;

import dev.toxserver.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has runs leave what came of them, if their server collects that. All of it blocks; it may be
 * called on any thread.
 */
public final class Reporting {
  /** For a server that collects nothing. */
  public static final Reporting OFF = new Reporting(Optional.empty());

  /** Names the folder where a run's tests leave their files of JUnit XML. */
  static final String FOLDER_VARIABLE = "TOX_SERVER_JUNIT_DIR";

  private static final String FILE_VARIABLE = "TOX_RESULT_JSON";
  private static final Logger LOG = Logger.getLogger(Reporting.class.getName());

  private final Optional<ToxVersion> tox;

  private Reporting(Optional<ToxVersion> tox) {
    this.tox = tox;
  }

  /**
   * Finds out how this tox is asked; warns if there is no way.
   *
   * @param tox the program, perhaps with arguments
   */
  public static Reporting by(List<String> tox, Map<String, String> environment)
      throws InterruptedException {
    ToxVersion version = ToxVersion.of(tox, environment);
    if (version == ToxVersion.UNKNOWN) {
      LOG.log(
          Level.WARNING,
          "--results: ''{0} --version'' tells no version of tox, so what it makes of its"
              + " environments can''t be known",
          String.join(" ", tox));
    }
    return new Reporting(Optional.of(version));
  }

  /** What a run is given so that it leaves its results; nothing for a program of exec. */
  public RunFiles begin(Request.Run request) {
    if (tox.isEmpty() || request.invocation().exec()) {
      return RunFiles.NONE;
    }
    try {
      Path folder = Files.createTempDirectory("tox-server-results-");
      String file = folder.resolve(RunReport.TOX_FILE).toString();
      Map<String, String> variables = new HashMap<>();
      variables.put(FOLDER_VARIABLE, folder.toString());
      if (tox.get() == ToxVersion.FOUR) {
        variables.put(FILE_VARIABLE, file);
      }
      boolean asks = tox.get() == ToxVersion.THREE && request.side().terminal().isEmpty();
      return new RunFiles(
          Optional.of(folder), asks ? List.of("--result-json", file) : List.of(), variables);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "run {0}: its results have no place: {1}", new Object[] {request.id(), e});
      return RunFiles.NONE;
    }
  }
}
