package dev.toxserver.config;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the runner needs to know.
 *
 * @param tox the program, perhaps with arguments after it
 * @param environment what the program inherits
 * @param tee whether output also goes to the server's own streams
 * @param interruptGraceMillis from SIGINT to SIGTERM
 * @param terminateGraceMillis from SIGTERM to SIGKILL
 * @param windowBytes how much output of one run may be under way
 * @param allowed which variables clients may give to their runs
 * @param results whether runs leave what came of them in files, which the runner reads
 * @param workFolder where tox works, relative to its project; without it, where tox says
 */
public record RunnerConfig(
    String tox,
    Map<String, String> environment,
    boolean tee,
    long interruptGraceMillis,
    long terminateGraceMillis,
    int windowBytes,
    AllowedVariables allowed,
    boolean results,
    Optional<String> workFolder) {

  /** One event, the largest that there is. */
  private static final int LEAST_WINDOW = 64 * 1024;

  /** Takes a copy of the environment, without the server's secrets. */
  public RunnerConfig {
    environment =
        environment.entrySet().stream()
            .filter(entry -> !UserVariables.isSecret(entry.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** One whose tox works where it says itself. */
  public RunnerConfig(
      String tox,
      Map<String, String> environment,
      boolean tee,
      long interruptGraceMillis,
      long terminateGraceMillis,
      int windowBytes,
      AllowedVariables allowed,
      boolean results) {
    this(
        tox,
        environment,
        tee,
        interruptGraceMillis,
        terminateGraceMillis,
        windowBytes,
        allowed,
        results,
        Optional.empty());
  }

  /**
   * The same with a folder for tox to work in.
   *
   * @param path relative to tox's project
   */
  public RunnerConfig withWorkFolder(String path) {
    return with(windowBytes, Optional.of(path));
  }

  /**
   * The same with no larger a window than lets so many runs share a part of this process's memory:
   * while the server is away, the runs keep what is under way.
   *
   * @param bytes of memory for all of them together
   */
  public RunnerConfig sharing(int runs, long bytes) {
    long share = Math.max(LEAST_WINDOW, bytes / runs);
    return with((int) Math.min(windowBytes, share), workFolder);
  }

  private RunnerConfig with(int window, Optional<String> folder) {
    return new RunnerConfig(
        tox,
        environment,
        tee,
        interruptGraceMillis,
        terminateGraceMillis,
        window,
        allowed,
        results,
        folder);
  }

  /**
   * When its server, or NATS, was away for so long, nothing is left of what runs here.
   *
   * @param graceMillis how long what runs goes on meanwhile
   */
  public long goneMillis(long graceMillis) {
    return graceMillis + interruptGraceMillis + terminateGraceMillis;
  }

  /** Reads it from the settings. */
  public static RunnerConfig from(Settings settings, Map<String, String> environment) {
    return new RunnerConfig(
        settings.text(Setting.TOX),
        environment,
        settings.on(Setting.TEE),
        settings.millis(Setting.INTERRUPT_GRACE),
        settings.millis(Setting.TERMINATE_GRACE),
        settings.count(Setting.WINDOW),
        AllowedVariables.from(settings),
        settings.on(Setting.RESULTS));
  }
}
