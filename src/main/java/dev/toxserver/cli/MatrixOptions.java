package dev.toxserver.cli;

import dev.toxserver.matrix.Shard;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options of matrix, which stand before the word, as those of run do, or behind it. */
final class MatrixOptions {
  static final String LIVE = "--live";
  static final String FAIL_FAST = "--fail-fast";
  static final String SKIP_MISSING = "--skip-missing-runners";
  static final String SHARD = "--shard";
  static final String DURATIONS = "--shard-durations";

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
    spec.addOption(
        OptionSpec.builder(SHARD)
            .type(Shard.class)
            .converters(MatrixOptions::shard)
            .paramLabel("N/M")
            .description(
                when
                    + "only the Nth of M parts of the environments, split by name; each of M machines"
                    + " has another.")
            .build());
    spec.addOption(
        OptionSpec.builder(DURATIONS)
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                when
                    + "with --shard, a 'status --json' with usual durations to split by, in place of"
                    + " names: give all machines the same file.")
            .build());
  }

  /** Whether a command that was parsed was given it, before the word or behind it. */
  static boolean isGiven(CommandSpec command, String flag) {
    return RunOptions.isGiven(command, flag)
        || command.commandLine().getParseResult().matchedOptionValue(flag, false);
  }

  /** What a command that was parsed was given, before the word or behind it. */
  static <T> Optional<T> value(CommandSpec command, String flag) {
    T before = RunOptions.given(command).matchedOptionValue(flag, (T) null);
    return Optional.ofNullable(
        command.commandLine().getParseResult().matchedOptionValue(flag, before));
  }

  private static Shard shard(String text) {
    try {
      return Shard.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' " + e.getMessage());
    }
  }

  private static OptionSpec flag(String flag, String description) {
    return OptionSpec.builder(flag).type(boolean.class).description(description).build();
  }
}
