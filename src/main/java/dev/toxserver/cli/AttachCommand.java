package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.client.console.UserInput;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.Role;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code attach} and {@code logs}: the output of a run that is there. */
final class AttachCommand implements Callable<Integer> {
  private static final String FROM_NOW = "--from-now";
  private static final String TAKE = "--take";

  private final Environment environment;
  private final boolean follow;
  private CommandSpec spec;

  private AttachCommand(Environment environment, boolean follow) {
    this.environment = environment;
    this.follow = follow;
  }

  /** {@code attach}: follows it to its end, and leaves with its exit code. */
  static CommandSpec attach(Environment environment) {
    CommandSpec spec =
        new AttachCommand(environment, true)
            .spec(
                "attach",
                "Follows a run that is there, as if you had asked for it.",
                "Shows its output from the first byte and leaves with its exit code. ^C leaves the"
                    + " run alone: 'tox-server cancel ID' ends it. Of a loop (--until-fail) it"
                    + " follows the newest run, and those after it; of a matrix, all runs, as matrix shows them. With --take, the run and its"
                    + " keyboard are this client's, and whoever had them looks on.",
                "tox-server -p 9876 attach",
                "The run, or the matrix, to follow. Default: the last run.");
    return spec.addOption(
            OptionSpec.builder(FROM_NOW)
                .type(boolean.class)
                .description("Show only what comes from now on.")
                .build())
        .addOption(
            OptionSpec.builder(TAKE)
                .type(boolean.class)
                .description(
                    "Take the run over from the client that has it: this keyboard is the program's,"
                        + " and the run ends with this client, as with run.")
                .build());
  }

  /** {@code logs}: shows what there is, and leaves with 0 if that is all that should be. */
  static CommandSpec logs(Environment environment) {
    return new AttachCommand(environment, false)
        .spec(
            "logs",
            "Prints the output of a run until now.",
            "It goes to stdout and stderr as tox wrote it. Of a matrix, that of all its runs comes,"
                + " each whole, in the order in which they were asked for. The exit code says"
                + " nothing of the run ('status' does): it is 1 if output is missing that should"
                + " have been kept.",
            "tox-server -p 9876 logs",
            "The run, or the matrix, whose output is printed. Default: the last run.");
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    boolean json = JsonLine.isGiven(spec);
    boolean digest = isGiven(DigestOption.FLAG);
    ClientSession session =
        digest
            ? DigestOption.session(spec.name(), settings, environment, json)
            : ClientSession.of(spec.name(), settings, environment);
    if (json) {
      JsonOption.tellEvents(session.terminal());
    }
    OutputPaths paths = OutputPaths.begin(settings, environment, session.terminal());
    Optional<RunId> name = RunIdArgument.of(spec);
    Request.Attach request =
        new Request.Attach(
            name.orElse(RunId.LAST),
            isGiven(FROM_NOW) ? Optional.empty() : Optional.of(0L),
            follow,
            isGiven(TAKE) ? Role.TAKER : Role.ONLOOKER,
            0);
    if (!follow) {
      Logs logs =
          new Logs(
              session,
              digest
                  ? outcome -> DigestOption.print(outcome, session, settings, environment)
                  : outcome -> {});
      int code = logs(name, session.carryOut(request), session, logs);
      paths.end(session.terminal());
      return session.leave(code);
    }
    long begun = System.nanoTime();
    Outcome outcome =
        new Rounds(session, input(settings, json || digest, session.terminal())).follow(request);
    Optional<KnownMatrix> matrix = MatrixByName.find(name, outcome, session);
    if (matrix.isPresent()) {
      int code = followAll(matrix.get(), request, session);
      paths.end(session.terminal());
      return matrix.get().leave(code, session);
    }
    paths.end(session.terminal());
    if (digest) {
      DigestOption.print(outcome, session, settings, environment);
    }
    LongRun.ended(outcome, LongRun.since(begun), List.of(), session.terminal());
    return session.leaveAfterRun(outcome);
  }

  private int followAll(KnownMatrix matrix, Request.Attach asked, ClientSession session) {
    for (String flag : List.of(JsonLine.FLAG, DigestOption.FLAG)) {
      if (isGiven(flag)) {
        return matrix.refuse(flag, session);
      }
    }
    return MatrixDialogue.of(session, environment, MatrixChoices.USUAL)
        .carryOut(asked.id(), matrix.followed(asked), asked.role() == Role.TAKER);
  }

  /** Lines that are typed here are for a run without a terminal, too, if it takes any. */
  private Optional<UserInput> input(Settings settings, boolean unseen, Terminal terminal) {
    if (!isGiven(TAKE)) {
      return Optional.empty();
    }
    return LocalSide.console(JsonOption.terminal(settings, unseen), terminal)
        .map(console -> new UserInput(Optional.of(console), true));
  }

  private boolean isGiven(String flag) {
    return spec.commandLine().getParseResult().matchedOptionValue(flag, false);
  }

  private static int logs(Optional<RunId> name, Outcome outcome, ClientSession session, Logs logs) {
    Optional<KnownMatrix> matrix = MatrixByName.find(name, outcome, session);
    if (matrix.isPresent()) {
      logs.printAll(matrix.get().runs());
      return matrix.get().leave(logs.leave(), session);
    }
    logs.take(outcome);
    return logs.leave();
  }

  private CommandSpec spec(
      String name, String summary, String details, String example, String idMeaning) {
    spec = ToxServer.command(name, this, summary, details, example);
    RunIdArgument.add(spec, idMeaning);
    JsonLine.add(spec, "Print each event of the run as a line of JSON (docs/events.md).");
    DigestOption.addTo(spec);
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    return spec;
  }
}
