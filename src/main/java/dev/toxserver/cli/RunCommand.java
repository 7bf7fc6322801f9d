package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.UserSide;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code run} and {@code rerun}: a run of our own, followed to its end unless it is detached. */
final class RunCommand implements Callable<Integer> {
  /** No argument can hold a NUL, so nothing ends the arguments, not even "--". */
  private static final String NEVER = "\0";

  private final Environment environment;
  private CommandSpec spec;
  private boolean again;

  private RunCommand(Environment environment) {
    this.environment = environment;
  }

  /** {@code run}: everything after the word belongs to tox, untouched. */
  static CommandSpec run(Environment environment) {
    RunCommand command = new RunCommand(environment);
    command.spec =
        ToxServer.command(
            "run",
            command,
            "Runs tox on the server, with its output here.",
            "Everything after the word run belongs to tox, untouched, --help too; the exit code is"
                + " tox's own. ^C cancels the run, a second ^C leaves at once. Should the connection"
                + " break, the run is come back to. With --detach before the word run, its id is"
                + " printed and the run goes on alone.",
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

  /** {@code rerun}: the arguments of a run that is there, which the server knows. */
  static CommandSpec rerun(Environment environment) {
    RunCommand command = new RunCommand(environment);
    command.again = true;
    command.spec =
        ToxServer.command(
            "rerun",
            command,
            "Runs tox with the arguments of an earlier run.",
            "All else is as with run: output, exit code, ^C, --detach before the word.",
            "tox-server -p 9876 rerun");
    RunIdArgument.add(command.spec, "The run whose arguments are taken. Default: the last.");
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    ClientSession session = ClientSession.of(spec.name(), settings, environment);
    Request.Run request =
        new Request.Run(
            RunId.random(),
            invocation(settings),
            session.timeout(),
            DetachOption.isGiven(spec),
            again ? Optional.of(RunIdArgument.of(spec).orElse(RunId.LAST)) : Optional.empty(),
            side(session.terminal()));
    Outcome outcome = session.carryOut(request);
    if (outcome instanceof Outcome.Answered) {
      session.terminal().print(request.id().value());
      return session.leave(ExitCode.OK.number());
    }
    if (outcome instanceof Outcome.Exited exited && exited.exit().returncode() != 0) {
      Misplaced.hint(request.args()).ifPresent(session.terminal()::say);
    }
    return session.leaveAfterRun(outcome);
  }

  private UserSide side(Terminal terminal) {
    return new UserSide(
        Optional.empty(),
        false,
        Optional.of(EnvOptions.read(spec, environment, Environment.isTerminal(1), terminal)));
  }

  private Invocation invocation(Settings settings) {
    return again
        ? new Invocation(List.of())
        : new Invocation(
            spec.commandLine().getParseResult().matchedPositionalValue(0, List.<String>of()),
            Landmark.startFolder(settings, environment));
  }
}
