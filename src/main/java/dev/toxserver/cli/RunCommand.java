package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code run}, {@code exec} and {@code rerun}: a run of our own, followed to its end unless it is
 * detached.
 */
final class RunCommand implements Callable<Integer> {
  private static final String NOT_HANDED_ON =
      "tox-server: what was piped in was not handed on to the program; -i does that:"
          + " tox-server -i …";

  private static final String FAILED = "--failed";

  /** What stands before the word and makes no sense with a matrix. */
  private static final List<String> ONE_RUNS =
      List.of(
          DetachOption.FLAG,
          UntilFailOption.FLAG,
          JsonOption.FLAG,
          DigestOption.FLAG,
          StdinOption.FLAG);

  private final Environment environment;
  private CommandSpec spec;
  private boolean again;
  private boolean exec;

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
                + " tox's own. In a terminal, each key is the program's, and ~? at the start of a line tells"
                + " which are not. Elsewhere ^C cancels the run, a second ^C leaves at once. Should the"
                + " connection break, the run is come back to. With --detach before the word run, its id"
                + " is printed and the run goes on alone.",
            "tox-server -p 9876 run -e py311 -- -k login");
    WordsArgument.add(command.spec, "ARGS", 0, "What tox is given.");
    WordsArgument.takeAll(command.spec);
    return command.spec;
  }

  /** {@code exec}: any program, beside the queue. */
  static CommandSpec exec(Environment environment) {
    RunCommand command = new RunCommand(environment);
    command.exec = true;
    command.spec =
        ToxServer.command(
            "exec",
            command,
            "Runs any program on the server, as run does tox.",
            "It waits for no run of tox, and none for it. All else is as with run: keyboard, output,"
                + " exit code, ^C, options before the word; but nothing is said of how it ended."
                + " Everything from the program's name on is the program's.",
            "tox-server -p 9876 exec -- cat /etc/os-release");
    command.spec.usageMessage().customSynopsis("tox-server [OPTIONS] exec [--] PROGRAM [ARGS…]");
    WordsArgument.add(
        command.spec,
        "PROGRAM",
        1,
        "The program, from the server's PATH or as a path, and its arguments.");
    Help.add(command.spec);
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
            "Does again what an earlier run did.",
            "All else is as with run: output, exit code, ^C, --detach before the word.",
            "tox-server -p 9876 rerun");
    RunIdArgument.add(
        command.spec, "The run, or the matrix, that is repeated. Default: the last run of tox.");
    command.spec.addOption(
        OptionSpec.builder(FAILED)
            .type(boolean.class)
            .description(
                "Only the environments that failed, or that -e named and that never began; of a run it"
                    + " needs 'serve --results', of a matrix nothing.")
            .build());
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    OptionalInt rounds = UntilFailOption.of(spec);
    boolean detached = DetachOption.isGiven(spec);
    boolean roundsHere = rounds.isPresent() && !detached;
    long begun = System.nanoTime();
    boolean digest = RunOptions.isGiven(spec, DigestOption.FLAG);
    ClientSession session =
        digest
            ? DigestOption.session(spec.name(), settings, environment, JsonOption.isGiven(spec))
            : ClientSession.of(spec.name(), settings, environment);
    if (JsonOption.isGiven(spec)) {
      JsonOption.tellEvents(session.terminal());
    }
    LocalSide side = LocalSide.of(spec, settings, environment, session.terminal());
    Request.Run request =
        new Request.Run(
            RunId.random(),
            invocation(settings),
            session.timeout(),
            detached,
            again ? Optional.of(RunIdArgument.of(spec).orElse(RunId.LAST)) : Optional.empty(),
            side.told(),
            exec ? Optional.empty() : WorkingCopy.told(settings, environment, session.terminal()),
            again && spec.commandLine().getParseResult().matchedOptionValue(FAILED, false),
            detached ? rounds : OptionalInt.empty(),
            Optional.empty(),
            RunOptions.isGiven(spec, RetryLostOption.FLAG));
    OutputPaths paths = OutputPaths.begin(settings, environment, session.terminal());
    Outcome outcome =
        roundsHere
            ? new Rounds(session, side.input())
                .untilFail(
                    request,
                    rounds.getAsInt(),
                    () -> WorkingCopy.told(settings, environment, session.terminal()))
            : session.carryOut(request, side.input());
    Optional<KnownMatrix> matrix =
        again ? MatrixByName.find(RunIdArgument.of(spec), outcome, session) : Optional.empty();
    if (matrix.isPresent()) {
      int code = rerunAll(matrix.get(), request, session);
      paths.end(session.terminal());
      return matrix.get().leave(code, session);
    }
    paths.end(session.terminal());
    if (outcome instanceof Outcome.Answered answered) {
      tellDetached(session.terminal(), request, answered);
      return session.leave(ExitCode.OK.number());
    }
    if (digest) {
      DigestOption.print(outcome, session, settings, environment);
    }
    if (side.input().isEmpty() && Environment.hasUnreadInput()) {
      session.terminal().say(NOT_HANDED_ON);
    }
    if (exec) {
      return session.leaveAfterProgram(outcome);
    }
    if (outcome instanceof Outcome.Exited exited && exited.exit().returncode() != 0) {
      Misplaced.hint(request.args()).ifPresent(session.terminal()::say);
    }
    long all = roundsHere ? LongRun.since(begun) : 0;
    LongRun.ended(outcome, all, request.args(), session.terminal());
    return session.leaveAfterRun(outcome);
  }

  private int rerunAll(KnownMatrix matrix, Request.Run asked, ClientSession session) {
    for (String flag : ONE_RUNS) {
      if (RunOptions.given(spec).hasMatchedOption(flag)) {
        return matrix.refuse(flag, session);
      }
    }
    RunId name = RunId.random();
    List<EnvironmentRun> all = matrix.again(asked, name);
    if (all.isEmpty()) {
      return session.leaveWithout(matrix.nothingFailed());
    }
    return MatrixDialogue.of(session, environment, MatrixChoices.USUAL).carryOut(name, all, true);
  }

  private static void tellDetached(
      Terminal terminal, Request.Run request, Outcome.Answered answered) {
    if (terminal.events().isPresent()) {
      terminal.events().get().accepted(answered.body());
    } else {
      terminal.print(request.id().value());
    }
  }

  private Invocation invocation(Settings settings) {
    Invocation invocation =
        again
            ? new Invocation(List.of())
            : new Invocation(
                WordsArgument.of(spec), Landmark.startFolder(settings, environment), exec);
    return invocation.on(OnOption.of(spec));
  }
}
