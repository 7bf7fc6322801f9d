package dev.toxserver.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code completion}: prints a script that completes commands and options in bash and zsh. */
final class CompletionCommand implements Callable<Integer> {
  private CommandSpec spec;

  static CommandSpec spec() {
    CompletionCommand command = new CompletionCommand();
    command.spec =
        ToxServer.command(
            "completion",
            command,
            "Prints a script that completes commands and options in bash and zsh.",
            "In zsh, run 'autoload -U +X compinit && compinit' before it.",
            "source <(tox-server completion)");
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    root.getOut().print(AutoComplete.bash(root.getCommandName(), root));
    root.getOut().flush();
    return ExitCode.OK.number();
  }
}
