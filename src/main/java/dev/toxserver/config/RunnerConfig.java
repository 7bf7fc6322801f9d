package dev.toxserver.config;

import java.util.Map;
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
 */
public record RunnerConfig(
    String tox,
    Map<String, String> environment,
    boolean tee,
    long interruptGraceMillis,
    long terminateGraceMillis,
    int windowBytes,
    AllowedVariables allowed,
    boolean results) {

  /** Takes a copy of the environment, without the server's secrets. */
  public RunnerConfig {
    environment =
        environment.entrySet().stream()
            .filter(entry -> !UserVariables.isSecret(entry.getKey()))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
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
