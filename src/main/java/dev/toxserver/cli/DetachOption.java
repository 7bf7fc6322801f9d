package dev.toxserver.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --detach}: it stands before the command, since all that follows run is tox's, and is no
 * setting, since a run that is left alone must be asked for each time.
 */
final class DetachOption {
  static final String FLAG = "--detach";

  private DetachOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(FLAG)
            .type(boolean.class)
            .description(
                "With run, exec and rerun: print the run's id and leave; the run goes on without us.")
            .build());
  }

  /** Whether it was given to a command that was parsed. */
  static boolean isGiven(CommandSpec command) {
    return RunOptions.isGiven(command, FLAG);
  }
}
