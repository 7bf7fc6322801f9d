package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Settings;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code run}: everything after the word belongs to tox, untouched. */
final class RunCommand implements Callable<Integer> {
  /** No argument can hold a NUL, so nothing ends the arguments, not even "--". */
  private static final String NEVER = "\0";

  private final Environment environment;
  private CommandSpec spec;

  private RunCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    RunCommand command = new RunCommand(environment);
    command.spec =
        ToxServer.command(
            "run",
            command,
            "Runs tox on the server, with its output here.",
            "Everything after the word run belongs to tox, untouched, --help too; the exit code is"
                + " tox's own. ^C cancels the run, a second ^C leaves at once.",
            "tox-server -p 9876 run -e py311 -- -k login");
    command
        .spec
        .parser()
        .endOfOptionsDelimiter(NEVER)
        .stopAtPositional(true)
        .unmatchedOptionsArePositionalParams(true);
    command.spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("ARGS")
            .description("What tox is given.")
            .build());
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    ClientConfig config =
        ClientConfig.from(settings, Token.forClient(settings, environment.folder()));
    List<String> args =
        spec.commandLine().getParseResult().matchedPositionalValue(0, List.<String>of());
    Request.Run request = new Request.Run(RunId.random(), args, config.timeout());
    ClientSession session = new ClientSession(spec.name(), settings, config, environment);
    Outcome outcome = session.carryOut(request);
    if (outcome instanceof Outcome.Exited exited) {
      exited.error().ifPresent(session.terminal()::say);
      session.terminal().sayVerdict(exited.returncode() == 0);
      return session.leave(exited.returncode());
    }
    return session.leaveWithout(outcome);
  }
}
