package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.runner.report.Reporting;
import dev.toxserver.runner.report.RunFiles;
import dev.toxserver.runner.terminal.Terminal;
import dev.toxserver.runner.terminal.Terminals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the program of a run, from an argument list, as the leader of a process group and session
 * of its own. Blocking: call it on a worker.
 */
final class Launcher {
  /**
   * What a run takes of what the kernel counts: its process, a thread for each stream that it
   * prints, and two that wait for its end, ours and Java's. Java leaves the process behind if it
   * can't have that one. One more writes its input, if it has any.
   */
  private static final int THREADS = 5;

  private final RunnerConfig config;
  private final Guardian guardian;
  private final Gate gate;
  private final Commands commands;
  private final Terminals terminals;
  private final Reporting reporting;
  private final WorkFolder workFolder;

  private Launcher(
      RunnerConfig config,
      Guardian guardian,
      Commands commands,
      Reporting reporting,
      WorkFolder workFolder,
      Gate gate) {
    this.config = config;
    this.guardian = guardian;
    this.commands = commands;
    this.reporting = reporting;
    this.workFolder = workFolder;
    this.terminals = new Terminals(config.environment(), gate.leadsSession());
    this.gate = gate;
  }

  /** Finds out what this machine needs to start a program. */
  static Launcher probe(RunnerConfig config, Guardian guardian)
      throws IOException, InterruptedException {
    String path = path(config);
    Commands commands = new Commands(config, path);
    return new Launcher(
        config,
        guardian,
        commands,
        reporting(config, commands),
        WorkFolder.of(config, commands),
        Gate.probe(path));
  }

  private static Reporting reporting(RunnerConfig config, Commands commands)
      throws InterruptedException {
    try {
      return config.results() ? Reporting.by(commands.tox(), config.environment()) : Reporting.OFF;
    } catch (LaunchException missing) {
      return Reporting.OFF;
    }
  }

  /**
   * Runs and their guardian need a shell.
   *
   * @throws IOException says so, if there is none
   */
  static void requireShell(RunnerConfig config) throws IOException {
    if (Programs.find("sh", path(config)).isEmpty()) {
      throw new IOException(
          "there is no sh on the PATH, which is %s: correct it or install a shell"
              .formatted(path(config)));
    }
  }

  private static String path(RunnerConfig config) {
    return config.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  /** Why no run can be started, in one line, if its program is not there now. */
  Optional<String> missingProgram() {
    try {
      commands.tox();
      return Optional.empty();
    } catch (LaunchException missing) {
      return Optional.of(missing.getMessage());
    }
  }

  /**
   * Has a run's program wait at its gate.
   *
   * @param span the run's, which the program is told
   * @throws LaunchException if there is no such program, or it can't be started where it should
   */
  Launched launch(Request.Run request, Optional<TraceContext> span)
      throws LaunchException, InterruptedException {
    RunFiles files = reporting.begin(request);
    try {
      return launch(files.tell(request), span, files);
    } catch (LaunchException | InterruptedException | RuntimeException | Error e) {
      files.delete();
      throw e;
    }
  }

  private Launched launch(Request.Run request, Optional<TraceContext> span, RunFiles files)
      throws LaunchException, InterruptedException {
    StartFolder folder = StartFolder.of(Path.of(""), request.invocation().folder());
    RunVariables given =
        RunVariables.of(config, request.side()).within(span).and(files.variables());
    Invocation invocation = workFolder.tell(request.invocation(), given);
    List<String> command = commands.of(invocation, folder.path());
    RunVariables variables = given.and(workFolder.variables(invocation, folder.path()));
    List<String> notices = new ArrayList<>();
    folder.notice().ifPresent(notices::add);
    variables.notice().ifPresent(notices::add);
    Workers.seeThatThreadsCanBeHad(request.side().hasInput() ? THREADS + 1 : THREADS);
    Optional<Terminal> terminal = terminal(request.side(), command, notices);
    try {
      boolean hasInput = request.side().stdin() || terminal.isPresent();
      Mark mark = Mark.random();
      Process process =
          start(
              gate.before(command, mark, variables, terminal, hasInput),
              variables,
              folder,
              terminal);
      boolean keeper = terminal.isPresent() && terminal.get().hasKeeper();
      Survivors survivors =
          new Survivors(process.pid(), gate.leadsSession(), mark, guardian, keeper);
      RunStreams streams = RunStreams.open(process, hasInput, terminal);
      return new Launched(process, command, notices, streams, survivors, files);
    } catch (IOException e) {
      terminal.ifPresent(Terminal::close);
      throw LaunchException.of(command.get(0), e);
    } catch (RuntimeException | Error e) {
      terminal.ifPresent(Terminal::close);
      throw e;
    }
  }

  private Process start(
      List<String> gated, RunVariables variables, StartFolder folder, Optional<Terminal> terminal)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(RawArguments.protect(gated));
    variables.setIn(builder.environment());
    builder.directory(folder.path().toFile());
    return RunStreams.prepare(builder, terminal).start();
  }

  /** The terminal that the client asks for; without one to be had, it is told, and has pipes. */
  private Optional<Terminal> terminal(UserSide side, List<String> command, List<String> notices)
      throws InterruptedException {
    if (side.terminal().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(terminals.open(side.terminal().get().size(), command));
    } catch (IOException e) {
      notices.add("the server has no terminal for this run: " + e.getMessage());
      return Optional.empty();
    }
  }
}
