package dev.toxserver.cli;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code help}: shows a command's help, or that of all. picocli's own has annotations, and to read
 * those costs every client's start.
 */
final class HelpCommand implements Callable<Integer> {
  private CommandSpec spec;

  static CommandSpec spec(Collection<String> commands) {
    HelpCommand command = new HelpCommand();
    command.spec =
        ToxServer.command(
            "help",
            command,
            "Shows the help of a command, or of tox-server.",
            "",
            "tox-server help run");
    command.spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("COMMAND")
            .completionCandidates(commands)
            .description("The command.")
            .build());
    return command.spec;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    String name = spec.commandLine().getParseResult().matchedPositionalValue(0, null);
    CommandLine command = name == null ? root : root.getSubcommands().get(name);
    if (command == null) {
      throw new CommandLine.UnmatchedArgumentException(root, List.of(name));
    }
    command.usage(root.getOut());
    return ExitCode.OK.number();
  }
}
