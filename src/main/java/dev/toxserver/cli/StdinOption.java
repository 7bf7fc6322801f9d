package dev.toxserver.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code -i}: standard input is handed on to the run. It is no setting: a loop in a shell that
 * reads its lines from standard input would lose them to the run.
 */
final class StdinOption {
  static final String FLAG = "--stdin";
  static final String SHORT = "-i";

  private StdinOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(SHORT, FLAG)
            .type(boolean.class)
            .description(
                "With run, rerun and exec: hand on standard input. Without it, and without a"
                    + " terminal, the program reads end of file.")
            .build());
  }

  /** Whether it was given to a command that was parsed. */
  static boolean isGiven(CommandSpec command) {
    return RunOptions.isGiven(command, FLAG);
  }
}
