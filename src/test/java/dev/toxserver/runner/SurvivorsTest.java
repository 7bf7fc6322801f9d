package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SurvivorsTest {
  private final Mark mark = Mark.random();
  private final List<Process> started = new ArrayList<>();
  private Guardian guardian;

  @BeforeEach
  void aGuardian() throws IOException {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    started.forEach(Process::destroyForcibly);
    guardian.dismiss();
  }

  @Test
  void whoHasTheMarkIsEndedWhereverItIs() throws Exception {
    Process root = startMarked("sleep", "600");
    Process moved = startMarked("env", "-i", "setsid", "/bin/sleep", "600");
    Survivors survivors = new Survivors(root.pid(), false, mark, guardian);

    assertThat(survivors.kill()).isTrue();

    assertThat(root.waitFor()).isEqualTo(137);
    assertThat(moved.waitFor()).isEqualTo(137);
    assertThat(survivors.anyLeft()).isFalse();
  }

  @Test
  void whoIsOlderThanTheRunIsSparedWhateverSpeaksForIt() throws Exception {
    Process older = startMarked("sleep", "600");
    Process root = startMarked("sleep", "600");
    while (startTime(root) == startTime(older)) {
      // A tick of that clock is 10 ms.
      root = startMarked("sleep", "600");
    }

    new Survivors(root.pid(), false, mark, guardian).kill();

    assertThat(root.waitFor()).isEqualTo(137);
    assertThat(older.isAlive()).isTrue();
  }

  @Test
  void theServerAndItsGuardianAreSparedWhateverSpeaksForThem() throws Exception {
    Process child = startMarked("sleep", "600");
    long guardianId =
        ProcessHandle.current()
            .children()
            .filter(each -> each.info().commandLine().orElse("").contains("tox-server-guardian"))
            .findFirst()
            .orElseThrow()
            .pid();

    new Survivors(ProcessHandle.current().pid(), false, mark, guardian).terminate();
    assertThat(child.waitFor()).isEqualTo(143);
    new Survivors(guardianId, true, mark, guardian).kill();

    Process witness = startMarked("sleep", "600");
    guardian.interrupt(witness.pid());
    assertThat(witness.waitFor()).as("the guardian lives, and does its work").isEqualTo(130);
  }

  private Process startMarked(String... command) throws IOException {
    List<String> gated =
        // What a script starts in the background ignores SIGINT, these tests perhaps among it.
        new ArrayList<>(List.of("env", "--default-signal=INT"));
    gated.addAll(List.of("sh", "-c", ShellScript.read("gate.sh"), "sh", mark.toString()));
    gated.addAll(List.of(command));
    Process process = start(gated.toArray(String[]::new));
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    await().until(() -> ProcessTable.carries(process.pid(), mark));
    return process;
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static long startTime(Process process) {
    return ProcessTable.read(process.pid()).orElseThrow().startTime();
  }
}
