package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Settings;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Request;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ping}, {@code cancel} and {@code quit}: one request, one line of answer. */
final class RequestCommand implements Callable<Integer> {
  private final Environment environment;
  private final Supplier<Request> request;
  private final Function<JsonObject, String> answerLine;
  private CommandSpec spec;

  private RequestCommand(
      Environment environment, Supplier<Request> request, Function<JsonObject, String> answerLine) {
    this.environment = environment;
    this.request = request;
    this.answerLine = answerLine;
  }

  static CommandSpec ping(Environment environment) {
    return new RequestCommand(environment, Request.Ping::new, JsonLine::of)
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
            .defaultValue("run")
            .description("Which commands to cancel. Default: run.")
            .build();
    CommandSpec spec =
        new RequestCommand(
                environment, () -> new Request.CancelCommand(target.getValue()), JsonLine::of)
            .spec(
                "cancel",
                "Ends all runs on the server, those that wait too.",
                "Prints how many there were.",
                "tox-server -p 9876 cancel");
    return spec.addOption(target);
  }

  static CommandSpec quit(Environment environment) {
    return new RequestCommand(environment, Request.Quit::new, body -> body.getString("status"))
        .spec(
            "quit",
            "Stops the server.",
            "It finishes the runs that it has accepted and takes no new ones. Prints DONE at once.",
            "tox-server -p 9876 quit");
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    ClientConfig config =
        ClientConfig.from(settings, Token.forClient(settings, environment.folder()));
    ClientSession session = new ClientSession(spec.name(), settings, config, environment);
    Outcome outcome = session.carryOut(request.get());
    if (outcome instanceof Outcome.Answered answered) {
      session.terminal().print(answerLine.apply(answered.body()));
      return session.leave(ExitCode.OK.number());
    }
    return session.leaveWithout(outcome);
  }

  private CommandSpec spec(String name, String summary, String details, String example) {
    spec = ToxServer.command(name, this, summary, details, example);
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    return spec;
  }
}
