package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.protocol.GitTree;
import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.StatusRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code status}: which runs there are and were. */
final class StatusCommand implements Callable<Integer> {
  private static final String TREE = "--tree";

  private final Environment environment;
  private CommandSpec spec;

  private StatusCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    StatusCommand command = new StatusCommand(environment);
    command.spec =
        ToxServer.command(
            "status",
            command,
            "Lists the server's runs, the newest first.",
            "Those that wait, those under way, and of those that have ended as many as the server"
                + " keeps. 'attach', 'logs', 'rerun' and 'cancel' take their ids.",
            "tox-server -p 9876 status");
    RunIdArgument.add(
        command.spec, "Only this run ('last' is one too), or those of this matrix. Default: all.");
    JsonLine.add(command.spec);
    command.spec.addOption(
        OptionSpec.builder(TREE)
            .type(boolean.class)
            .description(
                "Only runs of exactly the files that your git repository has now (--git-tree). Leaves"
                    + " with 0 if the last of each arguments has passed, else with 1. With an ID, only"
                    + " those with the arguments of that run count.")
            .build());
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    ClientSession session = ClientSession.of(spec, environment);
    boolean ofTree = spec.commandLine().getParseResult().matchedOptionValue(TREE, false);
    Request request;
    try {
      request = ofTree ? ofTree() : new StatusRequest(RunIdArgument.of(spec));
    } catch (IOException e) {
      return session.leaveWithout(new Outcome.Failed("--tree: " + e.getMessage()));
    }
    return Question.ask(
        session,
        request,
        body -> {
          print(body, session.terminal());
          boolean good = !ofTree || TreeVerdict.isGood(ReplyJson.decodeStatus(body).runs());
          return good ? ExitCode.OK : ExitCode.ERROR;
        });
  }

  private Request ofTree() throws IOException {
    Optional<RunId> id = RunIdArgument.of(spec);
    GitTree tree = WorkingCopy.tree(environment.folder());
    return new StatusRequest(id, id.isPresent(), Optional.of(tree));
  }

  private void print(JsonObject body, Terminal terminal) {
    if (JsonLine.isGiven(spec)) {
      terminal.print(JsonLine.of(body));
      return;
    }
    Reply.Status status = ReplyJson.decodeStatus(body);
    terminal.print(StatusTable.of(status.runs(), Environment.isTerminal(1)));
    status.runs().stream()
        .filter(run -> run.keysAwaited() && run.detached())
        .map(run -> "A run waits for keys: tox-server attach --take " + run.id())
        .forEach(terminal::say);
    if (!status.complete()) {
      terminal.say("Not all runs are shown: there are too many.");
    }
  }
}
