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
                + " as with run; --watch, --ignore and --json stand before it. ^C ends the run under"
                + " way, and watch with it; a second ^C leaves at once. In a terminal, ? tells which"
                + " keys there are.",
            "tox-server -p 9876 watch -e py311");
    WordsArgument.add(command.spec, "ARGS", 0, "What tox is given.");
    WordsArgument.takeAll(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
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
    WatchReport report =
        new WatchReport(
            terminal,
            json,
            WatchOptions.names(spec),
            keyboard.map(each -> new WatchFoot(each::columns)),
            settings);
    WatchSession watch =
        new WatchSession(
            session,
            new WatchedRun(invocation(settings), side(terminal), session.timeout()),
            () -> WorkingCopy.told(settings, environment, terminal),
            keyboard,
            turns,
            report);
    session.heedSignals(
        () -> turns.execute(watch::interrupt),
        signal -> turns.execute(() -> watch.terminate(signal)));
    watchFiles(folders, ignored, watch, report, turns);
    try {
      keyboard.ifPresent(each -> each.begin(new WatchKeys(watch, report)::typed));
      watch.start();
      return turns.untilLeft();
    } finally {
      keyboard.ifPresent(WatchKeyboard::close);
    }
  }

  private void watchFiles(
      List<Path> folders, Ignored ignored, WatchSession watch, WatchReport report, Turns turns) {
    try {
      Watcher.open(
          environment.folder(),
          folders,
          ignored,
          change -> turns.execute(() -> watch.saved(change)),
          line -> turns.execute(() -> report.tell("tox-server: " + line)));
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
