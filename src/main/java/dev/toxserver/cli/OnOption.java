package dev.toxserver.cli;

import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code --on}: what a run needs of its runner; it stands before the word, as all that is ours. */
final class OnOption {
  static final String FLAG = "--on";

  private OnOption() {}

  static void add(CommandSpec root) {
    root.addOption(
        RunOptions.texts(FLAG, "LABEL")
            .description(
                "With run, exec, watch, rerun and matrix: on a runner that has this label, as py311"
                    + " or linux; with several, or commas between, all of them. 'runners' shows them.")
            .build());
  }

  /**
   * What was given to a command that was parsed.
   *
   * @throws CommandLine.ParameterException if that can be no label
   */
  static Labels of(CommandSpec command) {
    List<String> given = RunOptions.values(command, FLAG);
    return given.isEmpty()
        ? Labels.NONE
        : of(RunOptions.given(command).commandSpec().commandLine(), FLAG, given);
  }

  /** Those in values of an option, which may have commas between them. */
  static Labels of(CommandLine commandLine, String flag, List<String> given) {
    List<String> labels = new ArrayList<>();
    for (String value : given) {
      labels.addAll(List.of(value.split(",")));
    }
    try {
      return new Labels(labels);
    } catch (MalformedException e) {
      throw new CommandLine.ParameterException(commandLine, flag + ": " + e.getMessage());
    }
  }
}
