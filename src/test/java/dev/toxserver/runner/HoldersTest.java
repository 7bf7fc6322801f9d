package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who holds a run's output open, and can be found by nothing else. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HoldersTest {
  private final List<ProcessHandle> started = new ArrayList<>();
  private Guardian guardian;

  @BeforeEach
  void aGuardian() throws IOException {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    started.forEach(ProcessHandle::destroyForcibly);
    guardian.dismiss();
  }

  @Test
  void whoHoldsTheOutputOpenIsEndedButNoChildOfTheServers() throws Exception {
    Process root = start("sleep", "600");
    Path output = Path.of("/proc/" + root.pid() + "/fd/1");
    Process childOfTheServer =
        new ProcessBuilder("sleep", "600").redirectOutput(output.toFile()).start();
    started.add(childOfTheServer.toHandle());
    long holder = startHolder(output);
    long another = startHolder(Path.of("/dev/null"));

    Survivors survivors = new Survivors(root.pid(), false, Mark.random(), guardian);
    assertThat(survivors.endHolders(Set.of(Files.readSymbolicLink(output).toString()))).isEmpty();

    await().until(() -> ProcessTable.read(holder).isEmpty());
    assertThat(ProcessTable.read(another)).isPresent();
    assertThat(childOfTheServer.isAlive()).isTrue();
    assertThat(root.isAlive()).isTrue();
  }

  @Test
  void whoHoldsTheOutputOpenAndIsOlderThanTheRunIsToldAndSpared() throws Exception {
    Process writer = start("sleep", "600");
    Path output = Path.of("/proc/" + writer.pid() + "/fd/1");
    long holder = startHolder(output);
    Process root = start("sleep", "600");
    while (startTime(root.pid()) == startTime(holder)) {
      root = start("sleep", "600");
    }

    Survivors survivors = new Survivors(root.pid(), false, Mark.random(), guardian);
    assertThat(survivors.endHolders(Set.of(Files.readSymbolicLink(output).toString())))
        .containsExactly(holder);

    assertThat(ProcessTable.read(holder)).isPresent();
  }

  /** One that has a file open, and whose parent has died. */
  private long startHolder(Path output) throws Exception {
    Process shell = start("sh", "-c", "sleep 600 >\"$0\" 2>&1 & echo $!", output.toString());
    long holder = Long.parseLong(shell.inputReader().readLine());
    ProcessHandle.of(holder).ifPresent(started::add);
    shell.waitFor();
    await().until(() -> ProcessTable.read(holder).orElseThrow().parent() != shell.pid());
    return holder;
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process.toHandle());
    return process;
  }

  private static long startTime(long pid) {
    return ProcessTable.read(pid).orElseThrow().startTime();
  }
}
