package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code history}: durations and outcomes of all runs that do the same as one of them. */
final class HistoryCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec;

  private HistoryCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    HistoryCommand command = new HistoryCommand(environment);
    command.spec =
        ToxServer.command(
            "history",
            command,
            "Draws how long runs with the same arguments took, and which passed.",
            "The newest first. In a pipe, a line for each: id, state, seconds, git tree, and flaky if"
                + " both outcomes are known of the same tree (--git-tree tells it with a run).",
            "tox-server -p 9876 history");
    RunIdArgument.add(command.spec, "A run with these arguments. Default: the last of tox.");
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    ClientSession session = ClientSession.of(spec, environment);
    RunId one = RunIdArgument.of(spec).orElse(RunId.LAST);
    return Question.ask(
        session,
        new StatusRequest(Optional.of(one), true, Optional.empty()),
        body -> {
          HistoryText text = new HistoryText(ReplyJson.decodeStatus(body).runs());
          boolean colours = Terminal.wantsColours(environment.variables());
          session.terminal().print(Environment.isTerminal(1) ? text.drawn(colours) : text.plain());
          return ExitCode.OK;
        });
  }
}
