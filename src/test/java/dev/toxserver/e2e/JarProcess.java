package dev.toxserver.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The fat jar, started with some arguments on the Java that runs the tests; or, where the property
 * tox-server.command names it, the launcher of the distribution.
 */
class JarProcess implements AutoCloseable {
  /** Where servers keep their runs, in the test's folder. */
  static final String STATE = ".state";

  private static final Optional<String> DISTRIBUTION =
      Optional.ofNullable(System.getProperty("tox-server.command"));

  private final Process process;
  private final Captured out;
  private final Captured err;

  JarProcess(Path folder, Map<String, String> environment, String... args) throws IOException {
    this(folder, environment, withArguments(command(), args));
  }

  /** Starts it by a command of the test's own, which brings its arguments. */
  JarProcess(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(JarProcess::changesWhatItDoes);
    builder.environment().put("XDG_STATE_HOME", folder.resolve(STATE).toString());
    if (DISTRIBUTION.isEmpty()) {
      // No test leaves an archive in the cache of the user who started it.
      builder.environment().put("TOX_SERVER_JAVA_OPTS", "-Xshare:auto");
    }
    builder.environment().putAll(environment);
    process = builder.start();
    out = new Captured(process.getInputStream());
    err = new Captured(process.getErrorStream());
  }

  /** Starts it as the user that owns nothing; for root only. */
  static JarProcess asNobody(Path folder, String... args) throws IOException {
    return new JarProcess(folder, Map.of(), withArguments(nobodysCommand(folder), args));
  }

  /**
   * The same as a user that owns nothing; for root only. With a copy in the folder, since that user
   * may not be able to read where it was built.
   */
  static List<String> nobodysCommand(Path folder) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.addAll(
        withSignals(
            DISTRIBUTION.isPresent()
                ? List.of(copyOfDistribution(folder))
                : java(copyOfJar(folder))));
    return command;
  }

  private static boolean changesWhatItDoes(String variable) {
    return variable.startsWith("TOX_SERVER_")
        || variable.startsWith("OTEL_")
        || variable.startsWith("TRACE");
  }

  private static Path copyOfJar(Path folder) throws IOException {
    Path jar = Files.copy(Path.of(System.getProperty("tox-server.jar")), folder.resolve("jar"));
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    return jar;
  }

  private static String copyOfDistribution(Path folder) throws IOException {
    Path launcher = Path.of(DISTRIBUTION.orElseThrow());
    Path copy = folder.resolve("distribution");
    // With its times: an archive of classes holds only for a jar with the time that it had.
    Process cp =
        new ProcessBuilder("cp", "-a", launcher.getParent().getParent().toString(), copy.toString())
            .inheritIO()
            .start();
    if (cp.onExit().join().exitValue() != 0) {
      throw new IOException("the distribution can't be copied");
    }
    return copy.resolve("bin").resolve(launcher.getFileName()).toString();
  }

  private static List<String> withArguments(List<String> command, String... args) {
    Collections.addAll(command, args);
    return command;
  }

  /** What a user types for {@code tox-server}. */
  static List<String> command() {
    return withSignals(
        DISTRIBUTION.isPresent()
            ? List.of(DISTRIBUTION.get())
            : archivedJava(Path.of(System.getProperty("tox-server.jar"))));
  }

  private static List<String> java(Path jar) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    return withArguments(java, "-jar", jar.toString());
  }

  private static List<String> archivedJava(Path jar) {
    List<String> java = java(jar);
    java.addAll(1, ClassArchive.of(jar, java.subList(0, java.size() - 2)));
    return java;
  }

  /**
   * env: what a script starts in the background ignores SIGINT, these tests perhaps among it, and a
   * JVM that inherits that stays deaf to ^C. The same goes for SIGHUP under nohup.
   */
  private static List<String> withSignals(List<String> command) {
    List<String> all = new ArrayList<>(List.of("env", "--default-signal=INT,QUIT,HUP"));
    all.addAll(command);
    return all;
  }

  Captured out() {
    return out;
  }

  Captured err() {
    return err;
  }

  /** What is written there is the process's standard input. */
  OutputStream in() {
    return process.getOutputStream();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a signal, named without SIG. */
  void signal(String name) throws IOException, InterruptedException {
    Signal.send(name, pid());
  }

  /** Waits for the end; everything that was written is then in {@link #out} and {@link #err}. */
  int exitCode() throws InterruptedException {
    return exitCode(Captured.DEADLINE);
  }

  /** The same, for what takes longer. */
  int exitCode(Duration deadline) throws InterruptedException {
    if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running; out: " + out.text() + "; err: " + err.text());
    }
    out.awaitEnd();
    err.awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
