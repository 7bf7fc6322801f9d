package dev.toxserver.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All words after a command that are another program's, and reach it as they were typed. */
final class WordsArgument {
  /** No argument can hold a NUL, so nothing ends the arguments, not even "--". */
  private static final String NEVER = "\0";

  private WordsArgument() {}

  /**
   * Adds them. From the first of them on, no word is an option of ours.
   *
   * @param least how many there must be
   * @param meaning what the help says of them
   */
  static void add(CommandSpec spec, String label, int least, String meaning) {
    spec.parser().stopAtPositional(true);
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity(least + "..*")
            .required(least > 0)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(meaning)
            .build());
  }

  /** All words behind the command are taken: none is an option of ours, not even {@code --help}. */
  static void takeAll(CommandSpec spec) {
    spec.parser().endOfOptionsDelimiter(NEVER).unmatchedOptionsArePositionalParams(true);
  }

  /** What a command that was parsed was given. */
  static List<String> of(CommandSpec spec) {
    return spec.commandLine().getParseResult().matchedPositionalValue(0, List.of());
  }
}
