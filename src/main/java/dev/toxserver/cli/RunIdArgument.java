package dev.toxserver.cli;

import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** The argument of the commands that are about a run that is there. */
final class RunIdArgument {
  /** Stands for the ids in a completion script until {@link CompletionCommand} replaces it. */
  static final String COMPLETED = "RUN_IDS";

  private RunIdArgument() {}

  /**
   * Adds it.
   *
   * @param meaning what the help says of it
   */
  static void add(CommandSpec spec, String meaning) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(RunId.class)
            .converters(RunIdArgument::parse)
            .paramLabel("ID")
            .completionCandidates(List.of(COMPLETED))
            .description(meaning)
            .build());
  }

  /** What a command that was parsed was given. */
  static Optional<RunId> of(CommandSpec spec) {
    return Optional.ofNullable(
        spec.commandLine().getParseResult().matchedPositionalValue(0, (RunId) null));
  }

  private static RunId parse(String text) {
    try {
      return new RunId(text);
    } catch (MalformedException e) {
      throw new TypeConversionException("'" + text + "' is no run id: 1 to 64 of A-Z a-z 0-9 _ -");
    }
  }
}
