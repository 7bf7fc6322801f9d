package dev.toxserver.runner.terminal;

import dev.toxserver.protocol.TerminalSize;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A terminal that {@code script} of util-linux opens and passes on in pipes: for a Java that can't
 * open one itself. {@code stty} sets it.
 */
final class ScriptTerminal implements Terminal {
  /** What one argument can have, as the kernel bounds it (MAX_ARG_STRLEN). */
  private static final int MOST_BYTES = 128 * 1024 - 1;

  /** What stands before the command in it, with a long path of a shell. */
  private static final int SETTINGS_BYTES = 8 * 1024;

  private static final String SETTINGS = "stty sane iutf8";
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final String INDEX = "tty-index:";

  private final TerminalSize size;

  ScriptTerminal(TerminalSize size) {
    this.size = size;
  }

  /** Whether there is such a {@code script}, and {@code stty}: tries them. */
  static boolean isThere(Map<String, String> environment) throws InterruptedException {
    try {
      return succeeds(environment, script(SETTINGS));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a command fits into the one argument that script takes it in. */
  static boolean fits(List<String> command) {
    int bytes = SETTINGS_BYTES;
    for (String word : command) {
      bytes += quoted(word).getBytes(StandardCharsets.UTF_8).length + 1;
    }
    return bytes <= MOST_BYTES;
  }

  @Override
  public String gate() {
    return "-";
  }

  /** script has the user's shell interpret the command, which may be any: it is given another. */
  @Override
  public List<String> wrap(List<String> command, Map<String, String> environment) {
    String shell = environment.get("SHELL");
    StringBuilder line = new StringBuilder();
    line.append(shell == null ? "unset SHELL" : "SHELL=" + quoted(shell));
    line.append("; ").append(SETTINGS).append(words(size)).append("; exec");
    command.forEach(word -> line.append(' ').append(quoted(word)));
    List<String> wrapped = new ArrayList<>(List.of("env", "SHELL=/bin/sh"));
    wrapped.addAll(script(line.toString()));
    return wrapped;
  }

  @Override
  public boolean hasKeeper() {
    return true;
  }

  @Override
  public Optional<ServerEnd> serverEnd() {
    return Optional.empty();
  }

  @Override
  public void resize(Process process, TerminalSize size) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("stty", "-F", name(process)));
    command.addAll(List.of(words(size).strip().split(" ")));
    succeeds(Map.of(), command);
  }

  /** The processes' end ends it. */
  @Override
  public void close() {}

  private static List<String> script(String command) {
    return List.of("script", "-qefc", command, "/dev/null");
  }

  private static String words(TerminalSize size) {
    return " rows " + size.rows() + " cols " + size.columns();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** script may just have been started: it will open its terminal soon. */
  @Override
  public String name(Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Optional<String> slave = openedBy(process);
    while (slave.isEmpty() && process.isAlive() && System.nanoTime() - deadline < 0) {
      Thread.sleep(10);
      slave = openedBy(process);
    }
    return slave.orElseThrow(
        () -> new IOException("process " + process.pid() + " has no terminal"));
  }

  /** The other end of the terminal that a process has open, by its number: proc_pid_fdinfo(5). */
  private static Optional<String> openedBy(Process process) throws IOException {
    File folder = new File("/proc/" + process.pid() + "/fdinfo");
    String[] open = folder.list();
    for (String each : open == null ? new String[0] : open) {
      for (String line : Files.readAllLines(new File(folder, each).toPath())) {
        if (line.startsWith(INDEX)) {
          return Optional.of("/dev/pts/" + line.substring(INDEX.length()).strip());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    // A shell looks for them in that environment's PATH, Java in its own.
    List<String> sought = new ArrayList<>(List.of("sh", "-c", "exec \"$@\"", "sh"));
    sought.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(sought);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return false;
    }
    return process.exitValue() == 0;
  }
}
