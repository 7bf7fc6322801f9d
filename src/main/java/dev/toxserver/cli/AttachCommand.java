package dev.toxserver.cli;

import dev.toxserver.client.Outcome;
import dev.toxserver.config.Environment;
import dev.toxserver.config.Settings;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code attach} and {@code logs}: the output of a run that is there. */
final class AttachCommand implements Callable<Integer> {
  private static final String FROM_NOW = "--from-now";

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
                    + " run alone: 'tox-server cancel ID' ends it.",
                "tox-server -p 9876 attach",
                "The run to follow. Default: the last.");
    return spec.addOption(
        OptionSpec.builder(FROM_NOW)
            .type(boolean.class)
            .description("Show only what comes from now on.")
            .build());
  }

  /** {@code logs}: shows what there is, and leaves with 0 if that is all that should be. */
  static CommandSpec logs(Environment environment) {
    return new AttachCommand(environment, false)
        .spec(
            "logs",
            "Prints the output of a run until now.",
            "It goes to stdout and stderr as tox wrote it. The exit code says nothing of the run"
                + " ('status' does): it is 1 if output is missing that should have been kept.",
            "tox-server -p 9876 logs",
            "The run whose output is printed. Default: the last.");
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    ClientSession session = ClientSession.of(spec.name(), settings, environment);
    OutputPaths paths = OutputPaths.begin(settings, environment, session.terminal());
    boolean fromNow =
        follow && spec.commandLine().getParseResult().matchedOptionValue(FROM_NOW, false);
    Outcome outcome =
        session.carryOut(
            new Request.Attach(
                RunIdArgument.of(spec).orElse(RunId.LAST),
                fromNow ? Optional.empty() : Optional.of(0L),
                follow));
    paths.end(session.terminal());
    if (!follow) {
      return leaveAfterLogs(session, outcome);
    }
    LongRun.ended(outcome, settings, List.of(), session.terminal());
    return session.leaveAfterRun(outcome);
  }

  private static int leaveAfterLogs(ClientSession session, Outcome outcome) {
    boolean incomplete;
    if (outcome instanceof Outcome.Exited exited) {
      exited.exit().error().ifPresent(session.terminal()::say);
      incomplete = exited.incomplete();
    } else if (outcome instanceof Outcome.Shown shown) {
      incomplete = shown.incomplete();
    } else {
      return session.leaveWithout(outcome);
    }
    return incomplete ? session.leaveIncomplete() : session.leave(ExitCode.OK.number());
  }

  private CommandSpec spec(
      String name, String summary, String details, String example, String idMeaning) {
    spec = ToxServer.command(name, this, summary, details, example);
    RunIdArgument.add(spec, idMeaning);
    SettingOptions.add(spec, SettingOptions.CLIENT);
    Help.add(spec);
    return spec;
  }
}
