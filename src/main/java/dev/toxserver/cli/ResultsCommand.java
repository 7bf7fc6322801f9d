package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code results}: what came of a run's environments and tests. */
final class ResultsCommand implements Callable<Integer> {
  private static final String JUNIT = "--junit";

  private final Environment environment;
  private CommandSpec spec;

  private ResultsCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    ResultsCommand command = new ResultsCommand(environment);
    command.spec =
        ToxServer.command(
            "results",
            command,
            "Tells what came of a run's environments, and which tests failed.",
            "Of a run that has ended, on a server with 'serve --results'; docs/results.md has the line"
                + " that tox.ini needs for the tests. The exit code says nothing of the run.",
            "tox-server -p 9876 results");
    RunIdArgument.add(
        command.spec, "The run, or the matrix, that is told of. Default: the last run of tox.");
    JsonLine.add(command.spec);
    command.spec.addOption(
        OptionSpec.builder(JUNIT)
            .type(Path.class)
            .paramLabel("FILE")
            .description("Also write JUnit XML: the failed tests, and how many there were.")
            .build());
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    ClientSession session = ClientSession.of(spec, environment);
    Optional<RunId> name = RunIdArgument.of(spec);
    Outcome outcome = session.carryOut(new Request.Results(name.orElse(RunId.LAST)));
    Optional<KnownMatrix> matrix = MatrixByName.find(name, outcome, session);
    return matrix.isPresent()
        ? showAll(matrix.get(), session)
        : Question.show(
            session,
            outcome,
            body -> show(body, ReplyJson.decodeResults(body).results(), session.terminal()));
  }

  private int showAll(KnownMatrix matrix, ClientSession session) {
    Succession succession = new Succession(session);
    succession.heedSignals();
    MatrixResults found = new MatrixResults();
    Optional<Outcome> obstacle = succession.during(() -> found.ask(matrix.runs(), succession));
    if (obstacle.isPresent()) {
      return session.leaveWithout(obstacle.get());
    }
    ExitCode shown = show(found.json(matrix.runs().get(0)), found.all(), session.terminal());
    return matrix.leave((found.isComplete() ? shown : ExitCode.ERROR).number(), session);
  }

  private ExitCode show(JsonObject body, RunResults results, Terminal terminal) {
    boolean json = JsonLine.isGiven(spec);
    terminal.print(json ? JsonLine.of(body) : ResultsText.of(results));
    if (!json) {
      results.notice().ifPresent(notice -> terminal.say("tox-server: " + notice));
    }
    return writeJunit(results, terminal) ? ExitCode.OK : ExitCode.ERROR;
  }

  /** Whether it was written, if it was to be. */
  private boolean writeJunit(RunResults results, Terminal terminal) {
    Path file = spec.commandLine().getParseResult().matchedOptionValue(JUNIT, (Path) null);
    if (file == null) {
      return true;
    }
    try {
      Files.writeString(environment.folder().resolve(file), JUnitFile.of(results));
      return true;
    } catch (IOException e) {
      terminal.say("--junit can't be written: " + e);
      return false;
    }
  }
}
