package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunnerStatus;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code runners}: who carries out the server's runs. */
final class RunnersCommand implements Callable<Integer> {
  private static final List<String> HEADER =
      List.of("NAME", "STATE", "RUNS", "VERSION", "ADDRESS", "LABELS");

  private final Environment environment;
  private CommandSpec spec;

  private RunnersCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    RunnersCommand command = new RunnersCommand(environment);
    command.spec =
        ToxServer.command(
            "runners",
            command,
            "Lists the runners that carry out the server's runs.",
            "That in the server's own process is called local. RUNS is how many each has, and how many"
                + " it takes; LABELS is what --on can ask for.",
            "tox-server -p 9876 runners");
    JsonLine.add(command.spec);
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    ClientSession session = ClientSession.of(spec, environment);
    return Question.ask(
        session,
        new Request.Runners(),
        body -> {
          session.terminal().print(text(body));
          return ExitCode.OK;
        });
  }

  private String text(JsonObject body) {
    if (JsonLine.isGiven(spec)) {
      return JsonLine.of(body);
    }
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    ReplyJson.decodeRunners(body).runners().forEach(runner -> rows.add(row(runner)));
    return Table.of(rows);
  }

  private static List<String> row(RunnerStatus runner) {
    return List.of(
        runner.name(),
        runner.state().wireName(),
        runner.busy() + "/" + runner.capacity(),
        runner.version(),
        runner.address(),
        runner.labels().toString());
  }
}
