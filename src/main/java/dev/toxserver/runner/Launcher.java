package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Request;
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
import java.util.concurrent.TimeUnit;

/**
 * Starts the program of a run, from an argument list, as the leader of a process group and session
 * of its own. Blocking: call it on a worker.
 */
final class Launcher {
  /**
   * What a run takes of what the kernel counts: its process, a thread for each of its three
   * streams, and two that wait for its end, ours and Java's. Java leaves the process behind if it
   * can't have that one.
   */
  private static final int THREADS = 6;

  /** What the gate makes the program's standard input: what the server writes, or nothing. */
  private static final String FROM_SERVER = "-";

  private static final String NOTHING = "";

  private final RunnerConfig config;
  private final Guardian guardian;
  private final List<String> wrapper;
  private final boolean leadsSession;
  private final Commands commands;
  private final Terminals terminals;
  private final Reporting reporting;

  private Launcher(
      RunnerConfig config,
      Guardian guardian,
      Commands commands,
      Reporting reporting,
      List<String> wrapper,
      boolean leadsSession) {
    this.config = config;
    this.guardian = guardian;
    this.commands = commands;
    this.reporting = reporting;
    this.terminals = new Terminals(config.environment(), leadsSession);
    this.wrapper = wrapper;
    this.leadsSession = leadsSession;
  }

  /**
   * Finds out what this machine has to put before the program; each execs the next, so that the
   * process id stays the program's own.
   *
   * <ul>
   *   <li>{@code env --default-signal} (coreutils from 8.31), where it is needed: a server that was
   *       started in the background by a script ignores SIGINT, and its children would inherit
   *       that; JDK 17 also hands on a blocked SIGQUIT.
   *   <li>{@code setsid}: process id = process group = session. Without it (macOS), a run's
   *       processes are found by descent only.
   *   <li>{@code sh}, as the gate, which also sets the run's mark.
   * </ul>
   */
  static Launcher probe(RunnerConfig config, Guardian guardian)
      throws IOException, InterruptedException {
    String path = path(config);
    List<String> wrapper = new ArrayList<>();
    if (!InheritedSignals.letInterruptsThrough()) {
      wrapper.addAll(usable(path, "env", "--default-signal=INT,QUIT"));
    }
    List<String> setsid = usable(path, "setsid");
    wrapper.addAll(setsid);
    wrapper.addAll(List.of("sh", "-c", ShellScript.read("gate.sh"), "tox-server"));
    Commands commands = new Commands(config, path);
    return new Launcher(
        config,
        guardian,
        commands,
        reporting(config, commands),
        List.copyOf(wrapper),
        !setsid.isEmpty());
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
   * @throws LaunchException if there is no such program, or it can't be started where it should
   */
  Launched launch(Request.Run request) throws LaunchException, InterruptedException {
    RunFiles files = reporting.begin(request);
    try {
      return launch(files.tell(request), files);
    } catch (LaunchException | InterruptedException | RuntimeException | Error e) {
      files.delete();
      throw e;
    }
  }

  private Launched launch(Request.Run request, RunFiles files)
      throws LaunchException, InterruptedException {
    StartFolder folder = StartFolder.of(Path.of(""), request.invocation().folder());
    List<String> command = commands.of(request.invocation(), folder.path());
    RunVariables variables = RunVariables.of(config, request.side()).and(files.variables());
    List<String> notices = new ArrayList<>();
    folder.notice().ifPresent(notices::add);
    variables.notice().ifPresent(notices::add);
    Workers.seeThatThreadsCanBeHad(THREADS);
    Optional<Terminal> terminal = terminal(request.side(), command, notices);
    boolean hasInput = request.side().stdin() || terminal.isPresent();
    Mark mark = Mark.random();
    ProcessBuilder builder =
        new ProcessBuilder(
            RawArguments.protect(
                wrapped(command, mark, variables, terminal, hasInput ? FROM_SERVER : NOTHING)));
    variables.setIn(builder.environment());
    builder.directory(folder.path().toFile());
    try {
      Process process = RunStreams.prepare(builder, terminal).start();
      boolean keeper = terminal.isPresent() && terminal.get().hasKeeper();
      Survivors survivors = new Survivors(process.pid(), leadsSession, mark, guardian, keeper);
      RunStreams streams = RunStreams.open(process, hasInput, terminal);
      return new Launched(process, command, notices, streams, survivors, files);
    } catch (IOException e) {
      terminal.ifPresent(Terminal::close);
      throw LaunchException.of(command.get(0), e);
    }
  }

  private List<String> wrapped(
      List<String> command,
      Mark mark,
      RunVariables variables,
      Optional<Terminal> terminal,
      String input) {
    List<String> all = new ArrayList<>(wrapper);
    all.add(mark.toString());
    all.add(terminal.map(Terminal::gate).orElse(input));
    List<String> program = new ArrayList<>(variables.restored());
    program.addAll(command);
    all.addAll(terminal.isPresent() ? terminal.get().wrap(program, variables.all()) : program);
    return all;
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

  /** The command, with the path of its program, if it can start another; else nothing. */
  private static List<String> usable(String path, String... command) {
    Optional<Path> program = Programs.find(command[0], path);
    if (program.isEmpty()) {
      return List.of();
    }
    List<String> found = new ArrayList<>(List.of(command));
    found.set(0, program.get().toString());
    List<String> attempt = new ArrayList<>(found);
    attempt.add("true");
    return succeeds(attempt) ? found : List.of();
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
