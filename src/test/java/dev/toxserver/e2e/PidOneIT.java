package dev.toxserver.e2e;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** bin/tox-server as a container's first process, in a process namespace of its own. */
@Timeout(60)
class PidOneIT {
  /** env, as in {@link JarProcess#command}: a shell can't trap what was ignored before it came. */
  private static final List<String> FIRST =
      List.of(
          "env",
          "--default-signal=INT,QUIT,HUP",
          "unshare",
          "--pid",
          "--fork",
          "--kill-child=KILL",
          "--mount-proc");

  private static final String LAUNCHER =
      Path.of(System.getProperty("tox-server.command", "bin/tox-server"))
          .toAbsolutePath()
          .toString();
  private static final Map<String, String> JAVA =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  /** They end one after another, and the run ends after them. */
  private static final String FIFTY_ORPHANS =
      """
      n=0
      while [ $n -lt 50 ]; do
        n=$((n + 1))
        ( (sleep 0.$((n % 9 + 1)); : > ended.$n) & )
      done
      while [ "$(ls | grep -c ended)" -lt 50 ]; do sleep 0.05; done
      """;

  private static final String UNTIL_TOLD =
      "echo up; trap 'exit 9' INT; while [ ! -e finish ]; do sleep 0.05; done; echo finished";

  @TempDir Path folder;

  @BeforeAll
  static void whoMayMakeANamespace() throws Exception {
    List<String> probe = new ArrayList<>(FIRST);
    probe.add("true");
    assumeTrue(new ProcessBuilder(probe).start().waitFor() == 0, "unshare is for root");
  }

  @Test
  void theOrphansOfARunAreCollected() throws Exception {
    try (Server server = server(FIFTY_ORPHANS);
        JarProcess run = server.client("run")) {
      assertThat(run.exitCode()).isZero();
      await("only Java is left")
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(children(first(server))).containsExactly("java S"));
    }
  }

  @Test
  void aSigtermLetsTheRunFinishAndThenItExitsWithZero() throws Exception {
    try (Server server = server(UNTIL_TOLD);
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      Signal.send("TERM", first(server));
      server.err().awaitText("Draining");
      Files.createFile(folder.resolve("finish"));
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().text()).isEqualTo("up\nfinished\n");
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void theSecondSigtermCancels() throws Exception {
    try (Server server = server(UNTIL_TOLD);
        JarProcess run = server.client("run")) {
      run.out().awaitText("up");
      Signal.send("TERM", first(server));
      server.err().awaitText("Draining");
      Signal.send("TERM", first(server));
      await("all ends").atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
      assertThat(run.exitCode()).isEqualTo(9);
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void theExitCodeIsThatOfAKilledServer() throws Exception {
    try (Server server = server("true")) {
      onlyChild(first(server)).destroyForcibly();
      assertThat(server.exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void aClientHeedsAnInterrupt() throws Exception {
    String tox = Script.in(folder, UNTIL_TOLD);
    try (Server server = Server.start(folder, "--tox", tox);
        JarProcess run =
            new JarProcess(
                folder,
                JAVA,
                command("-p", String.valueOf(server.port()), "-h", "127.0.0.1", "run"))) {
      run.out().awaitText("up");
      Signal.send("INT", first(run));
      assertThat(run.exitCode()).isEqualTo(9);
      assertThat(run.err().text()).startsWith("Cancelling run with the server.");
    }
  }

  /** The session that the terminal controls, and the group in its foreground, are outside. */
  @Test
  void itsTerminalMayBelongToOthers() throws Exception {
    List<String> onTerminal =
        List.of(
            "script",
            "--quiet",
            "--return",
            "--command",
            "exec " + String.join(" ", command("-p", "0", "-l", "info", "serve")),
            "/dev/null");
    Process script =
        new ProcessBuilder(onTerminal).directory(folder.toFile()).redirectErrorStream(true).start();
    try {
      Captured out = new Captured(script.getInputStream());
      out.awaitText("^C to exit");
      ProcessHandle unshare = onlyChild(script.pid());
      Signal.send("INT", onlyChild(unshare.pid()).pid());
      unshare.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      assertThat(out.text()).doesNotContain("tty");
    } finally {
      script.destroyForcibly();
    }
  }

  @Test
  void theLauncherAndTheJarAloneSayThatOrphansStay() throws Exception {
    Path jar = Path.of(System.getProperty("tox-server.jar"));
    for (Path file : List.of(Path.of("bin/tox-server"), jar)) {
      Files.copy(file, folder.resolve(file.getFileName()), COPY_ATTRIBUTES);
    }
    List<String> alone = new ArrayList<>(FIRST);
    alone.addAll(List.of(folder.resolve("tox-server").toString(), "--version"));

    try (JarProcess version = new JarProcess(folder, JAVA, alone)) {
      assertThat(version.exitCode()).isZero();
      assertThat(version.err().text())
          .isEqualTo(
              "tox-server: there is no %s: processes that tests leave behind are never collected\n"
                  .formatted(folder.resolve("tox-server.d/process-1")));
    }
  }

  private Server server(String body) throws IOException {
    return Server.startWith(command(), folder, JAVA, "--tox", Script.in(folder, body));
  }

  private static List<String> command(String... args) {
    List<String> command = new ArrayList<>(FIRST);
    command.add(LAUNCHER);
    Collections.addAll(command, args);
    return command;
  }

  /** What is process 1 inside has another id here. */
  private static long first(JarProcess unshare) {
    return onlyChild(unshare.pid()).pid();
  }

  private static ProcessHandle onlyChild(long pid) {
    List<ProcessHandle> children = ProcessHandle.of(pid).orElseThrow().children().toList();
    assertThat(children).hasSize(1);
    return children.get(0);
  }

  /** Name and state of each. */
  private static List<String> children(long pid) {
    return ProcessHandle.of(pid).orElseThrow().children().map(PidOneIT::nameAndState).toList();
  }

  private static String nameAndState(ProcessHandle process) {
    try {
      String name = Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
      return name + " " + Proc.state(process.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
