package dev.toxserver.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --detach}: it stands before the command, since all that follows run is tox's, and is no
 * setting, since a run that is left alone must be asked for each time.
 */
final class DetachOption {
  static final String FLAG = "--detach";
  private static final Set<String> COMMANDS = Set.of("run", "rerun");

  private DetachOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(FLAG)
            .type(boolean.class)
            .description(
                "With run and rerun: print the run's id and leave; the run goes on without us.")
            .build());
  }

  /** Whether it was given to a command that was parsed. */
  static boolean isGiven(CommandSpec command) {
    return isGiven(command.parent().commandLine().getParseResult());
  }

  /**
   * Refuses it with a command that it makes no sense with.
   *
   * @throws CommandLine.ParameterException then
   */
  static void check(CommandLine.ParseResult root) {
    if (isGiven(root)
        && root.hasSubcommand()
        && !COMMANDS.contains(root.subcommand().commandSpec().name())) {
      throw new CommandLine.ParameterException(
          root.commandSpec().commandLine(), FLAG + " is for run and rerun only");
    }
  }

  private static boolean isGiven(CommandLine.ParseResult root) {
    return root.matchedOptionValue(FLAG, false);
  }
}
