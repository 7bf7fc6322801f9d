package dev.toxserver.runner;

import dev.toxserver.runner.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is put before a run's program, so that it waits until the server has hold of it (gate.sh
 * beside this class).
 *
 * @param wrapper the commands that come before it
 * @param leadsSession whether the program leads a process group and session of its own
 */
record Gate(List<String> wrapper, boolean leadsSession) {
  /** What the program's standard input becomes: what the server writes, or nothing. */
  private static final String FROM_SERVER = "-";

  private static final String NOTHING = "";

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
   *
   * @param path where programs are sought
   */
  static Gate probe(String path) throws IOException {
    List<String> wrapper = new ArrayList<>();
    if (!InheritedSignals.letInterruptsThrough()) {
      wrapper.addAll(usable(path, "env", "--default-signal=INT,QUIT"));
    }
    List<String> setsid = usable(path, "setsid");
    wrapper.addAll(setsid);
    wrapper.addAll(List.of("sh", "-c", ShellScript.read("gate.sh"), "tox-server"));
    return new Gate(List.copyOf(wrapper), !setsid.isEmpty());
  }

  /**
   * The whole command of a run.
   *
   * @param hasInput whether the program reads what the server writes; else it reads end of file
   */
  List<String> before(
      List<String> command,
      Mark mark,
      RunVariables variables,
      Optional<Terminal> terminal,
      boolean hasInput) {
    List<String> all = new ArrayList<>(wrapper);
    all.add(mark.toString());
    List<String> program = new ArrayList<>(variables.restored());
    program.addAll(command);
    if (terminal.isPresent()) {
      all.add(terminal.get().gate());
      all.addAll(terminal.get().wrap(program, variables.all()));
    } else {
      all.add(hasInput ? FROM_SERVER : NOTHING);
      all.addAll(program);
    }
    return all;
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
