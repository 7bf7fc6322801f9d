package dev.toxserver.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --retry-lost}: it stands before the command, as all that is not tox's, and is no setting:
 * whether tests may begin twice depends on what they do.
 */
final class RetryLostOption {
  static final String FLAG = "--retry-lost";

  private RetryLostOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(FLAG)
            .type(boolean.class)
            .description(
                "With run, exec, rerun and matrix: if the runner is lost that carries it out, begin once more"
                    + " on another. Without a terminal and --stdin, since what was typed would be gone.")
            .build());
  }
}
