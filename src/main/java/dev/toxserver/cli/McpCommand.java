package dev.toxserver.cli;

import dev.toxserver.agent.mcp.InputLines;
import dev.toxserver.agent.mcp.McpDialogue;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mcp}: the server's runs for an agent, over standard input and output. */
final class McpCommand implements Callable<Integer> {
  static final String NAME = "mcp";

  private static final int PROGRESS_SECONDS = 5;

  private final Environment environment;
  private CommandSpec spec;

  private McpCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    McpCommand command = new McpCommand(environment);
    command.spec =
        ToxServer.command(
            NAME,
            command,
            "Lets an agent run tox on the server, by the Model Context Protocol.",
            "For the configuration of an agent, and not to be typed: it speaks the protocol over"
                + " standard input and output, until the input ends. Runs that the agent has begun go"
                + " on without it. docs/agents.md tells how to set it up, with a token that may run the"
                + " tests and nothing else.",
            "tox-server --token-file agent.token mcp");
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    Turns turns = new Turns();
    StandardStream out = StandardStream.out();
    McpClients clients = new McpClients(settings, environment, turns);
    McpDialogue dialogue =
        new McpDialogue(
            Version.withCommit(),
            done -> new McpScope(clients, turns, done).ask(),
            (call, done) -> new McpCall(clients, turns, done).begin(call),
            out::writeLine);
    clients.every(PROGRESS_SECONDS, () -> dialogue.tellProgress(PROGRESS_SECONDS));
    Runnable leave = () -> turns.execute(() -> turns.leave(ExitCode.OK.number()));
    out.onFailure(failure -> leave.run());
    new McpInput(new InputLines(dialogue::line, dialogue::tooLong), out, turns, leave).begin();
    int code = turns.untilLeft();
    clients.close();
    out.flush(ClientSession.LAST_LINE_MILLIS);
    return code;
  }
}
