package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ping}, {@code cancel} and {@code quit}: one request, one line of answer. */
final class RequestCommand implements Callable<Integer> {
  private final Environment environment;
  private final Function<CommandSpec, Request> request;
  private final Function<JsonObject, String> answerLine;
  private CommandSpec spec;

  private RequestCommand(
      Environment environment,
      Function<CommandSpec, Request> request,
      Function<JsonObject, String> answerLine) {
    this.environment = environment;
    this.request = request;
    this.answerLine = answerLine;
  }

  static CommandSpec ping(Environment environment) {
    return new RequestCommand(environment, given -> new Request.Ping(), JsonLine::of)
        .spec(
            "ping",
            "Asks the server whether it is well.",
            "Prints one line of JSON: the server's time in seconds since 1970, how many tasks it has"
                + " (this ping among them), how many runs are under way and wait, its version and"
                + " its uptime in seconds.",
            "tox-server -p 9876 -t 5 ping");
  }

  static CommandSpec cancel(Environment environment) {
    OptionSpec target =
        OptionSpec.builder("-c", "--command")
            .type(String.class)
            .paramLabel("COMMAND")
            .description("Which commands to cancel, in place of one run. Default: run.")
            .build();
    RequestCommand command =
        new RequestCommand(environment, given -> cancel(given, target), JsonLine::of);
    CommandSpec spec =
        command.spec(
            "cancel",
            "Ends one run, those of a matrix, or all on the server, those that wait too.",
            "Prints how many there were.",
            "tox-server -p 9876 cancel");
    RunIdArgument.add(spec, "The run, or the matrix, to end. Default: all.");
    return spec.addOption(target);
  }

  private static Request cancel(CommandSpec given, OptionSpec target) {
    String command = target.getValue();
    Optional<RunId> id = RunIdArgument.of(given);
    if (id.isPresent() && command != null) {
      throw new CommandLine.ParameterException(
          given.commandLine(), "give an id or " + target.longestName() + ", and not both");
    }
    return id.<Request>map(Request.CancelRun::new)
        .orElseGet(() -> new Request.CancelCommand(command == null ? "run" : command));
  }

  static CommandSpec quit(Environment environment) {
    return new RequestCommand(
            environment, given -> new Request.Quit(), body -> body.getString("status"))
        .spec(
            "quit",
            "Stops the server.",
            "It finishes the runs that it has accepted and takes no new ones. Prints DONE at once.",
            "tox-server -p 9876 quit");
  }

  @Override
  public Integer call() {
    Request asked = request.apply(spec);
    ClientSession session = ClientSession.of(spec, environment);
    return Question.ask(
        session,
        asked,
        body -> {
          session.terminal().print(answerLine.apply(body));
          return ExitCode.OK;
        });
  }

  private CommandSpec spec(String name, String summary, String details, String example) {
    spec = ToxServer.command(name, this, summary, details, example);
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    return spec;
  }
}
