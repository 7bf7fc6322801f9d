package dev.toxserver.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The options of runs that are no settings. They stand before the command: all that follows run is
 * tox's.
 */
final class RunOptions {
  static final List<String> FLAGS =
      List.of(DetachOption.FLAG, StdinOption.FLAG, EnvOptions.ENV, EnvOptions.ENV_FILE);

  private static final Set<String> COMMANDS = Set.of("run", "exec", "rerun");
  private static final Set<String> FOR_WATCH_TOO = Set.of(EnvOptions.ENV, EnvOptions.ENV_FILE);

  private RunOptions() {}

  static void add(CommandSpec root) {
    DetachOption.add(root);
    StdinOption.add(root);
    EnvOptions.add(root);
    WatchOptions.add(root);
  }

  /**
   * Refuses them with a command that they make no sense with.
   *
   * @throws CommandLine.ParameterException then
   */
  static void check(CommandLine.ParseResult root) {
    if (!root.hasSubcommand()) {
      return;
    }
    String command = root.subcommand().commandSpec().name();
    boolean watch = command.equals(WatchCommand.NAME);
    for (String flag : WatchOptions.FLAGS) {
      refuse(root, flag, watch, " before the word is for watch only");
    }
    for (String flag : FLAGS) {
      boolean fits = COMMANDS.contains(command) || watch && FOR_WATCH_TOO.contains(flag);
      String commands =
          FOR_WATCH_TOO.contains(flag) ? "run, exec, watch and rerun" : "run, exec and rerun";
      refuse(root, flag, fits, " is for " + commands + " only");
    }
  }

  private static void refuse(CommandLine.ParseResult root, String flag, boolean fits, String why) {
    if (!fits && root.hasMatchedOption(flag)) {
      throw new CommandLine.ParameterException(root.commandSpec().commandLine(), flag + why);
    }
  }
}
