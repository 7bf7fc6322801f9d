package dev.toxserver.cli;

import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --until-fail}: a run again and again; it stands before the word, as all that is not tox's.
 */
final class UntilFailOption {
  static final String FLAG = "--until-fail";

  private UntilFailOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        OptionSpec.builder(FLAG)
            .type(int.class)
            .arity("0..1")
            .fallbackValue(String.valueOf(Integer.MAX_VALUE))
            .paramLabel("N")
            .description(
                "With run and rerun: run again and again, at most N times, until it fails; it stops"
                    + " there, with that run's exit code. With --detach it goes on without us:"
                    + " 'attach ID' follows it, 'cancel ID' ends it.")
            .build());
  }

  /**
   * How often at most a command that was parsed is to run, if it is until it fails.
   *
   * @throws CommandLine.ParameterException if that is less than once
   */
  static OptionalInt of(CommandSpec command) {
    CommandLine.ParseResult given = RunOptions.given(command);
    if (!given.hasMatchedOption(FLAG)) {
      return OptionalInt.empty();
    }
    int rounds = given.matchedOptionValue(FLAG, 0);
    if (rounds < 1) {
      throw new CommandLine.ParameterException(
          given.commandSpec().commandLine(), FLAG + ": N is a number from 1 on");
    }
    return OptionalInt.of(rounds);
  }
}
