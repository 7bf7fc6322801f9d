package dev.toxserver.cli;

import dev.toxserver.client.Terminal;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.Landmark;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.config.When;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.watch.Ignored;
import dev.toxserver.watch.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code watch}: a run at once, and another after each save. */
final class WatchCommand implements Callable<Integer> {
  static final String NAME = "watch";

  private final Environment environment;
  private CommandSpec spec;

  private WatchCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    WatchCommand command = new WatchCommand(environment);
    command.spec =
        ToxServer.command(
            NAME,
            command,
            "Runs tox on the server at once, and again after each save.",
            "Watches the files below the folder in which you stand, but for what git ignores. A save"
                + " during a run ends that one first. Everything after the word watch belongs to tox,"
                + " as with run; --watch, --ignore and --json stand before it. Behind 'watch --matrix'"
                + " stands what may stand behind matrix, and each save runs that. ^C ends the run under"
                + " way, and watch with it; a second ^C leaves at once. In a terminal, ? tells which"
                + " keys there are.",
            "tox-server -p 9876 watch -e py311");
    WatchOptions.addMatrix(command.spec, "As the first word: ");
    WordsArgument.add(command.spec, "ARGS", 0, "What tox is given.");
    WordsArgument.takeAll(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    CommandSpec asked = WatchOptions.isOfMatrix(spec) ? MatrixWords.parse(spec, environment) : spec;
    if (asked.commandLine().getParseResult().isUsageHelpRequested()) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return ExitCode.OK.number();
    }
    Settings settings = SettingOptions.read(asked, environment);
    boolean json = JsonOption.isGiven(spec);
    Terminal terminal = terminal(json);
    ClientSession session = ClientSession.of(NAME, settings, environment, terminal);
    List<Path> folders = WatchOptions.folders(spec, environment);
    Ignored ignored = WatchOptions.ignored(spec);
    Turns turns = new Turns();
    Optional<WatchKeyboard> keyboard =
        WatchKeyboard.open(
            json ? When.NEVER : settings.when(Setting.TTY),
            environment.variables().getOrDefault("TERM", ""),
            terminal,
            turns);
    try {
      Watched watched =
          asked.userObject() instanceof MatrixCommand matrix
              ? ofMatrix(matrix.wish(settings, session), settings, session, keyboard, turns)
              : ofRun(settings, session, keyboard, turns);
      session.heedSignals(
          () -> turns.execute(watched::interrupt),
          signal -> turns.execute(() -> watched.terminate(signal)));
      watchFiles(folders, ignored, watched, turns);
      watched.start();
      return turns.untilLeft();
    } finally {
      keyboard.ifPresent(WatchKeyboard::close);
    }
  }

  private Watched ofRun(
      Settings settings, ClientSession session, Optional<WatchKeyboard> keyboard, Turns turns) {
    Terminal terminal = session.terminal();
    WatchReport report =
        new WatchReport(
            terminal,
            JsonOption.isGiven(spec),
            WatchOptions.names(spec),
            keyboard.map(each -> new WatchFoot(each::columns)));
    WatchSession watch =
        new WatchSession(
            session,
            new WatchedRun(invocation(settings), side(terminal), session.timeout()),
            () -> WorkingCopy.told(settings, environment, terminal),
            keyboard,
            turns,
            report);
    keyboard.ifPresent(each -> each.begin(new WatchKeys(watch, report)::typed));
    return watch;
  }

  private Watched ofMatrix(
      MatrixWish wish,
      Settings settings,
      ClientSession session,
      Optional<WatchKeyboard> keyboard,
      Turns turns) {
    MatrixScreen screen =
        new MatrixScreen(
            session.terminal(),
            keyboard.map(each -> new MatrixFoot(StandardStream.err(), true, each::rows)),
            turns);
    WatchedMatrix watch =
        new WatchedMatrix(
            session,
            turns,
            screen,
            wish,
            () -> WorkingCopy.told(settings, environment, session.terminal()),
            new WatchedMatrixReport(screen, JsonOption.isGiven(spec), WatchOptions.names(spec)));
    keyboard.ifPresent(each -> each.begin(new MatrixKeys(watch)::typed));
    return watch;
  }

  private void watchFiles(List<Path> folders, Ignored ignored, Watched watched, Turns turns) {
    try {
      Watcher.open(
          environment.folder(),
          folders,
          ignored,
          change -> turns.execute(() -> watched.saved(change)),
          line -> turns.execute(() -> watched.tell("tox-server: " + line)));
    } catch (IOException e) {
      throw new InvalidSettingException("no file can be watched: " + e.getMessage());
    }
  }

  /** With JSON on standard output, all else is on standard error. */
  private Terminal terminal(boolean json) {
    return json
        ? new Terminal(StandardStream.err(), StandardStream.err(), Environment.isTerminal(2), false)
        : Terminal.ofProcess(environment.variables(), Environment.isTerminal(2));
  }

  private Invocation invocation(Settings settings) {
    return new Invocation(WordsArgument.of(spec), Landmark.startFolder(settings, environment))
        .on(OnOption.of(spec));
  }

  private UserSide side(Terminal terminal) {
    boolean colours = Environment.isTerminal(1) && !JsonOption.isGiven(spec);
    return new UserSide(
        Optional.empty(),
        false,
        Optional.of(EnvOptions.read(spec, environment, colours, terminal)));
  }
}
