package dev.toxserver.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of runs that are no settings. They stand before the command: all that follows run is
 * tox's.
 */
final class RunOptions {
  static final List<String> FLAGS =
      List.of(
          DetachOption.FLAG,
          StdinOption.FLAG,
          EnvOptions.ENV,
          EnvOptions.ENV_FILE,
          UntilFailOption.FLAG,
          OnOption.FLAG,
          JsonOption.FLAG,
          DigestOption.FLAG,
          RetryLostOption.FLAG);

  /** Those of matrix; named here, since to load its class for every run would cost its start. */
  private static final List<String> OF_MATRIX =
      List.of(
          MatrixOptions.LIVE,
          MatrixOptions.FAIL_FAST,
          MatrixOptions.SKIP_MISSING,
          MatrixOptions.SHARD,
          MatrixOptions.DURATIONS);

  private RunOptions() {}

  static void add(CommandSpec root, Wanted wanted) {
    StdinOption.add(root);
    if (wanted.option(List.of(DetachOption.FLAG))) {
      DetachOption.add(root);
    }
    if (wanted.option(List.of(EnvOptions.ENV, EnvOptions.ENV_FILE))) {
      EnvOptions.add(root);
    }
    if (wanted.option(List.of(UntilFailOption.FLAG))) {
      UntilFailOption.add(root);
    }
    if (wanted.option(List.of(OnOption.FLAG))) {
      OnOption.add(root);
    }
    if (wanted.option(List.of(JsonOption.FLAG))) {
      JsonOption.add(root);
    }
    if (wanted.option(List.of(DigestOption.FLAG))) {
      DigestOption.add(root);
    }
    if (wanted.option(List.of(RetryLostOption.FLAG))) {
      RetryLostOption.add(root);
    }
    if (wanted.option(WatchOptions.FLAGS)) {
      WatchOptions.add(root);
    }
    if (wanted.option(OF_MATRIX)) {
      MatrixOptions.addBefore(root);
    }
  }

  /** What stood before the word of a command that was parsed. */
  static CommandLine.ParseResult given(CommandSpec command) {
    return command.root().commandLine().getParseResult();
  }

  /** All values of an option that was given to a command that was parsed, before or behind it. */
  static List<String> values(CommandSpec command, String flag) {
    List<String> values = new ArrayList<>(given(command).matchedOptionValue(flag, List.of()));
    values.addAll(command.commandLine().getParseResult().matchedOptionValue(flag, List.of()));
    return values;
  }

  /** Whether a flag stood before the word of a command that was parsed. */
  static boolean isGiven(CommandSpec command, String flag) {
    return given(command).matchedOptionValue(flag, false);
  }

  /** An option with a text, which may be given again. */
  static OptionSpec.Builder texts(String flag, String label) {
    return OptionSpec.builder(flag).type(List.class).auxiliaryTypes(String.class).paramLabel(label);
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
    check(root, FLAGS);
    check(root, WatchOptions.FLAGS);
    check(root, OF_MATRIX);
  }

  private static void check(CommandLine.ParseResult root, List<String> flags) {
    CommandSpec spec = root.subcommand().commandSpec();
    for (String flag : flags) {
      List<String> commands =
          WatchOptions.isOfMatrix(spec) && !flag.equals(DigestOption.FLAG)
              ? List.of(WatchCommand.NAME, MatrixCommand.NAME)
              : List.of(spec.name());
      if (root.hasMatchedOption(flag) && Collections.disjoint(commandsOf(flag), commands)) {
        throw new CommandLine.ParameterException(
            root.commandSpec().commandLine(),
            flag + " before the word is for " + words(commandsOf(flag)) + " only");
      }
    }
  }

  private static List<String> commandsOf(String flag) {
    return switch (flag) {
      case EnvOptions.ENV, EnvOptions.ENV_FILE, OnOption.FLAG ->
          List.of("run", "exec", "watch", "rerun", MatrixCommand.NAME);
      case JsonOption.FLAG -> List.of("run", "exec", "watch", "rerun");
      case RetryLostOption.FLAG, DigestOption.FLAG ->
          List.of("run", "exec", "rerun", MatrixCommand.NAME);
      case UntilFailOption.FLAG -> List.of("run", "rerun");
      case WatchOptions.WATCH, WatchOptions.IGNORE, WatchOptions.MATRIX ->
          List.of(WatchCommand.NAME);
      case MatrixOptions.LIVE,
          MatrixOptions.FAIL_FAST,
          MatrixOptions.SKIP_MISSING,
          MatrixOptions.SHARD,
          MatrixOptions.DURATIONS ->
          List.of(MatrixCommand.NAME);
      default -> List.of("run", "exec", "rerun");
    };
  }

  /** {@code run, exec and rerun}. */
  private static String words(List<String> commands) {
    int last = commands.size() - 1;
    return last == 0
        ? commands.get(0)
        : String.join(", ", commands.subList(0, last)) + " and " + commands.get(last);
  }
}
