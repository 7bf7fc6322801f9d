package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the program of a run, from an argument list, as the leader of a process group and session
 * of its own. Blocking: call it on a worker.
 */
final class Launcher {
  /**
   * What a run takes of what the kernel counts: its process, a thread for each stream, and two that
   * wait for its end, ours and Java's. Java leaves the process behind if it can't have that one.
   */
  private static final int THREADS = 5;

  private final RunnerConfig config;
  private final Guardian guardian;
  private final List<String> wrapper;
  private final boolean leadsSession;
  private final String path;

  private Launcher(
      RunnerConfig config,
      Guardian guardian,
      String path,
      List<String> wrapper,
      boolean leadsSession) {
    this.config = config;
    this.guardian = guardian;
    this.path = path;
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
  static Launcher probe(RunnerConfig config, Guardian guardian) throws IOException {
    String path = path(config);
    List<String> wrapper = new ArrayList<>();
    if (!InheritedSignals.letInterruptsThrough()) {
      wrapper.addAll(usable(path, "env", "--default-signal=INT,QUIT"));
    }
    List<String> setsid = usable(path, "setsid");
    wrapper.addAll(setsid);
    wrapper.addAll(List.of("sh", "-c", ShellScript.read("gate.sh"), "tox-server"));
    return new Launcher(config, guardian, path, List.copyOf(wrapper), !setsid.isEmpty());
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
      program();
      return Optional.empty();
    } catch (LaunchException missing) {
      return Optional.of(missing.getMessage());
    }
  }

  /**
   * Has a run's program wait at its gate. Its standard input will be empty.
   *
   * @throws LaunchException if there is no such program, or it can't be started where it should
   */
  Launched launch(Request.Run request) throws LaunchException, InterruptedException {
    List<String> command = program();
    command.addAll(request.args());
    RunVariables variables = RunVariables.of(config, request.side());
    Map<String, String> environment = variables.all();
    Mark mark = Mark.random();
    List<String> wrapped = new ArrayList<>(wrapper);
    wrapped.add(mark.toString());
    wrapped.addAll(unknownToShells(environment));
    wrapped.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(RawArguments.protect(wrapped));
    setEnvironment(builder.environment(), environment);
    StartFolder folder = StartFolder.of(Path.of(""), request.invocation().folder());
    builder.directory(folder.path().toFile());
    List<String> notices =
        Stream.of(folder.notice(), variables.notice()).flatMap(Optional::stream).toList();
    Workers.seeThatThreadsCanBeHad(THREADS);
    try {
      Process process = builder.start();
      Survivors survivors = new Survivors(process.pid(), leadsSession, mark, guardian);
      return new Launched(
          process, List.copyOf(command), notices, OutputPipe.openAll(process), survivors);
    } catch (IOException e) {
      throw LaunchException.of(command.get(0), e);
    }
  }

  /**
   * Puts those variables back that a shell does not hand on, since it could not name them (dash and
   * busybox drop {@code a.b} and bash's exported functions).
   */
  private List<String> unknownToShells(Map<String, String> environment) {
    List<String> odd = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (!isShellName(name)) {
            odd.add(name + "=" + value);
          }
        });
    if (!odd.isEmpty()) {
      odd.add(0, "env");
    }
    return odd;
  }

  private static boolean isShellName(String name) {
    return !name.isEmpty()
        && !Character.isDigit(name.charAt(0))
        && name.chars().allMatch(c -> c == '_' || c < 0x80 && Character.isLetterOrDigit(c));
  }

  /** Leaves what is right as it is: Java keeps the bytes of a variable that it can't decode. */
  private static void setEnvironment(Map<String, String> actual, Map<String, String> wanted) {
    actual.keySet().retainAll(wanted.keySet());
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(actual.get(name))) {
            actual.put(name, value);
          }
        });
  }

  /** The program alone, even if its path has blanks; else the first word, with arguments after. */
  private List<String> program() throws LaunchException {
    Optional<Path> whole = Programs.find(config.tox(), path);
    if (whole.isPresent()) {
      return new ArrayList<>(List.of(whole.get().toString()));
    }
    List<String> words = new ArrayList<>(List.of(config.tox().strip().split("\\s+")));
    Optional<Path> first = Programs.find(words.get(0), path);
    if (first.isEmpty()) {
      throw missing(words.get(0));
    }
    words.set(0, first.get().toString());
    return words;
  }

  private LaunchException missing(String program) {
    if (program.contains("/")) {
      return Files.exists(Path.of(program))
          ? new LaunchException(
              RunEvent.Exit.NOT_STARTED, program + " on the server is not executable")
          : new LaunchException(
              RunEvent.Exit.NOT_FOUND, program + " was not found on the server; see serve --tox");
    }
    return new LaunchException(
        RunEvent.Exit.NOT_FOUND,
        "'%s' was not found on the server: install it there, or name it with serve --tox (PATH=%s)"
            .formatted(program, path));
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
