package dev.toxserver.cli;

import dev.toxserver.config.Environment;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Settings;
import dev.toxserver.matrix.EnvironmentNames;
import dev.toxserver.protocol.UserSide;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code matrix}: a run for each of tox's environments, on whichever runners can take them. */
final class MatrixCommand implements Callable<Integer> {
  static final String NAME = "matrix";

  private static final String ENVIRONMENTS = "-e";

  private final Environment environment;
  private CommandSpec spec;

  private MatrixCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    MatrixCommand command = new MatrixCommand(environment);
    command.spec =
        ToxServer.command(
            NAME,
            command,
            "Runs each of tox's environments, all at once where there are runners with room.",
            "Each is a run of its own, on a runner that has its Python (py311, 3.12 and pypy310 are"
                + " labels of runners; lint can be run by any). Their output follows one after the"
                + " other, in tox's order, the first live; a table tells what came of each. It leaves as"
                + " tox's own parallel mode does: with 0 if all have passed, else with 1, or with the"
                + " code of the only one. ^C ends all, a second ^C leaves at once.",
            "tox-server -p 9876 matrix -e py311,py312,lint -- -k login");
    command
        .spec
        .usageMessage()
        .customSynopsis("tox-server [OPTIONS] matrix [OPTIONS] [-- POSARGS]");
    command.spec.addOption(
        RunOptions.texts(ENVIRONMENTS, "ENV")
            .description(
                "An environment, or several with commas between, also as py{311,312}-{a,b}; may be"
                    + " given again. Default: what 'tox -l' lists.")
            .build());
    MatrixOptions.addTo(command.spec);
    SettingOptions.add(command.spec, SettingOptions.CLIENT);
    WordsArgument.add(command.spec, "POSARGS", 0, "What tox hands on to the tests, after --.");
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    List<String> named = environments();
    List<String> posargs = posargs();
    MatrixChoices choices = MatrixChoices.of(spec, environment.folder());
    Settings settings = SettingOptions.read(spec, environment);
    ClientSession session = ClientSession.of(NAME, settings, environment);
    MatrixRuns runs = runs(posargs, settings, session);
    MatrixDialogue dialogue =
        isDigested()
            ? DigestOption.matrix(session, settings, environment, choices)
            : MatrixDialogue.of(session, environment, choices);
    OutputPaths paths = OutputPaths.begin(settings, environment, session.terminal());
    int code =
        dialogue.carryOut(
            runs, () -> WorkingCopy.told(settings, environment, session.terminal()), named);
    paths.end(session.terminal());
    session.terminal().flush(ClientSession.LAST_LINE_MILLIS);
    return code;
  }

  /** What a matrix is to be that watch begins again and again; for one that was parsed. */
  MatrixWish wish(Settings settings, ClientSession session) {
    return new MatrixWish(
        runs(posargs(), settings, session),
        environments(),
        MatrixChoices.of(spec, environment.folder()));
  }

  private MatrixRuns runs(List<String> posargs, Settings settings, ClientSession session) {
    return new MatrixRuns(
        Landmark.startFolder(settings, environment),
        OnOption.of(spec),
        posargs,
        side(session),
        session.timeout(),
        RunOptions.isGiven(spec, RetryLostOption.FLAG));
  }

  private List<String> environments() {
    List<String> values =
        spec.commandLine().getParseResult().matchedOptionValue(ENVIRONMENTS, List.of());
    try {
      return EnvironmentNames.named(values);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), ENVIRONMENTS + ": " + e.getMessage());
    }
  }

  /** Without "--" before them they are meant to be something else. */
  private List<String> posargs() {
    List<String> posargs = WordsArgument.of(spec);
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    int before = all.size() - posargs.size() - 1;
    if (!posargs.isEmpty() && !all.get(before).equals("--")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "'"
              + posargs.get(0)
              + "' is no option; -e names environments, and tox's POSARGS follow --");
    }
    return posargs;
  }

  /** They run in pipes, as several can't have one terminal. */
  private UserSide side(ClientSession session) {
    return new UserSide(
        Optional.empty(),
        false,
        Optional.of(
            EnvOptions.read(
                spec,
                environment,
                Environment.isTerminal(1) && !isDigested(),
                session.terminal())));
  }

  private boolean isDigested() {
    return RunOptions.isGiven(spec, DigestOption.FLAG);
  }
}
