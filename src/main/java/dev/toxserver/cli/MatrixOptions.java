package dev.toxserver.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of matrix, which stand before the word, as those of run do, or behind it. */
final class MatrixOptions {
  static final String LIVE = "--live";
  static final String FAIL_FAST = "--fail-fast";
  static final String SKIP_MISSING = "--skip-missing-runners";
  static final List<String> FLAGS = List.of(LIVE, FAIL_FAST, SKIP_MISSING);

  private MatrixOptions() {}

  /** Adds them to all that stands before the word. */
  static void addBefore(CommandSpec root) {
    add(root, "With matrix: ");
  }

  /** Adds them to the command, with those of run that make sense for it. */
  static void addTo(CommandSpec command) {
    add(command, "");
    OnOption.add(command);
    EnvOptions.add(command);
  }

  private static void add(CommandSpec spec, String when) {
    spec.addOption(
        flag(LIVE, when + "show all output as it comes, with the environment before each line."));
    spec.addOption(
        flag(FAIL_FAST, when + "end all others, whole, as soon as one environment has failed."));
    spec.addOption(
        flag(
            SKIP_MISSING,
            when + "leave out the environments that no runner can take; the table says which."));
  }

  /** Whether a command that was parsed was given it, before the word or behind it. */
  static boolean isGiven(CommandSpec command, String flag) {
    return RunOptions.given(command).matchedOptionValue(flag, false)
        || command.commandLine().getParseResult().matchedOptionValue(flag, false);
  }

  private static OptionSpec flag(String flag, String description) {
    return OptionSpec.builder(flag).type(boolean.class).description(description).build();
  }
}
