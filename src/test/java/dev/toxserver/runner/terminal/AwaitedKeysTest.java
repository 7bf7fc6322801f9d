package dev.toxserver.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.TerminalSize;
import dev.toxserver.runner.terminal.AwaitedKeys.Calls;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AwaitedKeysTest {
  private final ScriptTerminal terminal = new ScriptTerminal(new TerminalSize(80, 24));
  private Process process;

  @AfterEach
  void theProgramEnds() {
    if (process == null) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat",
        "sh -c 'read line; exit'",
        "python3 -c 'input()'",
        "python3 -c 'import readline; input()'",
        "python3 -c 'breakpoint(); print()'",
        "python3 -c 'import getpass; getpass.getpass()'"
      })
  void whoAsksForALineWaitsForKeys(String program) throws Exception {
    start(program);
    await().atMost(30, TimeUnit.SECONDS).until(() -> AwaitedKeys.by(process, terminal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time.sleep(30)",
        "select.select([0], [], [], 30)",
        "select.select([0, os.pipe()[0]], [], [])",
        "os.read(os.pipe()[0], 1)",
        "pair = socket.socketpair(); pair[0].recv(1)"
      })
  void whoSleepsForAnyOtherReasonDoesNot(String sleep) throws Exception {
    startPython("print(\"ready\", flush=True); " + sleep);
    BufferedReader screen = process.inputReader();
    assertThat(screen.readLine()).isEqualTo("ready");
    await().atMost(30, TimeUnit.SECONDS).until(this::sleeps);
    assertThat(AwaitedKeys.by(process, terminal)).isFalse();
  }

  /** The second was in the foreground when it began to read; later, the terminal would stop it. */
  @ParameterizedTest
  @CsvSource({
    "pty.fork()[0], 'open(\"/dev/tty\").read()', None",
    "os.fork(), 'os.read(0, 1)', 'os.setpgid(child, child)'"
  })
  void whoReadsAnotherTerminalOrInTheBackgroundDoesNot(String fork, String read, String then)
      throws Exception {
    startPython(
        """
        child = %s
        if child == 0:
            %s
        while open(f"/proc/{child}/stat").read().rpartition(") ")[2][0] != "S":
            time.sleep(0.01)
        %s
        print("ready", flush=True)
        time.sleep(30)
        """
            .formatted(fork, read, then));
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    assertThat(AwaitedKeys.by(process, terminal)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0x3 0x55 0x2000 0x0 0x0 0x0 0x7f 0x7f, amd64, 3",
    "63 0x0 0x55 0x2000 0x0 0x0 0x0 0x7f 0x7f, aarch64, 0",
    "270 0x1 0x7f 0x0 0x0 0x0 0x7f 0x7f 0x7f, amd64, 0",
    "23 0x1 0x7f 0x0 0x0 0x0 0x0 0x7f 0x7f, amd64, 0",
    "72 0x1 0x7f 0x0 0x0 0x0 0x7f 0x7f 0x7f, riscv64, 0",
    "270 0x1 0x7f 0x0 0x0 0x7f 0x7f 0x7f 0x7f, amd64,",
    "270 0x4 0x7f 0x0 0x0 0x0 0x7f 0x7f 0x7f, amd64,",
    "270 0x1 0x7f 0x7f 0x0 0x0 0x7f 0x7f 0x7f, amd64,",
    "270 0x1 0x7f 0x0 0x7f 0x0 0x7f 0x7f 0x7f, amd64,",
    "0 0x0 0x55 0x2000 0x0 0x0 0x0 0x7f 0x7f, s390x,",
    "-1 0x7f 0x7f, amd64,",
    "running, amd64,"
  })
  void theCallThatItSleepsInSaysWhatItWaitsFor(String call, String processor, Long descriptor) {
    OptionalLong awaited = AwaitedKeys.awaited(call, Calls.of(processor));
    assertThat(awaited)
        .isEqualTo(descriptor == null ? OptionalLong.empty() : OptionalLong.of(descriptor));
  }

  private void startPython(String program) throws Exception {
    start("python3 -c 'import os, pty, select, socket, time\n" + program + "'");
  }

  private void start(String program) throws Exception {
    List<String> command = List.of("sh", "-c", "exec " + program);
    process = new ProcessBuilder(terminal.wrap(command, Map.of())).start();
  }

  private boolean sleeps() throws Exception {
    ProcessHandle program = process.children().findFirst().orElseThrow();
    String stat = Files.readString(Path.of("/proc/" + program.pid() + "/stat"));
    return stat.substring(stat.lastIndexOf(')')).startsWith(") S");
  }
}
