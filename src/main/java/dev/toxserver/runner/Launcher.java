package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts the program of a run, from an argument list, as the leader of a process group and session
 * of its own. Blocking: call it on a worker.
 */
final class Launcher {
  private final RunnerConfig config;
  private final Cookie cookie;
  private final List<String> wrapper;
  private final String path;

  /** The program can't be started; the message is one line for the user. */
  static final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int returncode;

    LaunchException(int returncode, String message) {
      super(message);
      this.returncode = returncode;
    }

    int returncode() {
      return returncode;
    }
  }

  /**
   * A started program.
   *
   * @param command the program and its arguments, without what was put before them
   */
  record Launched(Process process, List<String> command) {}

  private Launcher(RunnerConfig config, Cookie cookie, List<String> wrapper) {
    this.config = config;
    this.cookie = cookie;
    this.wrapper = wrapper;
    this.path = config.environment().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
  }

  /**
   * Finds out what this machine has to put before the program; each execs the next, so that the
   * process id stays the program's own.
   *
   * <ul>
   *   <li>{@code env --default-signal} (coreutils from 8.31): a server that was started in the
   *       background by a script ignores SIGINT, and its children would inherit that; JDK 17 also
   *       hands on a blocked SIGQUIT.
   *   <li>{@code setsid}: process id = process group = session. Without it (macOS), a run's
   *       processes are found by descent only.
   * </ul>
   */
  static Launcher probe(RunnerConfig config, Cookie cookie) {
    List<String> wrapper = new ArrayList<>();
    for (List<String> each :
        List.of(List.of("env", "--default-signal=INT,QUIT"), List.of("setsid"))) {
      List<String> attempt = new ArrayList<>(each);
      attempt.add("true");
      if (succeeds(attempt)) {
        wrapper.addAll(each);
      }
    }
    return new Launcher(config, cookie, List.copyOf(wrapper));
  }

  /**
   * Starts a run's program. Its standard input is empty.
   *
   * @throws LaunchException if there is no such program or it can't be executed
   */
  Launched launch(Request.Run request) throws LaunchException {
    List<String> command = program();
    command.addAll(request.args());
    List<String> wrapped = new ArrayList<>(wrapper);
    wrapped.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(RawArguments.protect(wrapped));
    setEnvironment(builder.environment(), environment(request));
    builder.redirectInput(new File("/dev/null"));
    try {
      return new Launched(builder.start(), List.copyOf(command));
    } catch (IOException e) {
      throw new LaunchException(
          RunEvent.Exit.NOT_STARTED,
          "the server could not start " + command.get(0) + ": " + e.getMessage());
    }
  }

  /** Where to look for what a started program leaves behind. */
  Survivors survivors(Request.Run request, Process process) {
    return new Survivors(process.pid(), wrapper.contains("setsid"), cookie.of(request.id()));
  }

  private Map<String, String> environment(Request.Run request) {
    Map<String, String> environment = new HashMap<>(config.environment());
    environment.putIfAbsent("PY_COLORS", "1");
    cookie.mark(environment, request.id());
    return environment;
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
