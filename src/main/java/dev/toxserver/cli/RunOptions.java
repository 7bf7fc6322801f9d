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

  private RunOptions() {}

  static void add(CommandSpec root) {
    DetachOption.add(root);
    StdinOption.add(root);
    EnvOptions.add(root);
  }

  /**
   * Refuses them with a command that they make no sense with.
   *
   * @throws CommandLine.ParameterException then
   */
  static void check(CommandLine.ParseResult root) {
    if (!root.hasSubcommand() || COMMANDS.contains(root.subcommand().commandSpec().name())) {
      return;
    }
    for (String flag : FLAGS) {
      if (root.hasMatchedOption(flag)) {
        throw new CommandLine.ParameterException(
            root.commandSpec().commandLine(), flag + " is for run, exec and rerun only");
      }
    }
  }
}
