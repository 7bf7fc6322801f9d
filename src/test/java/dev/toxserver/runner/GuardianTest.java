package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.Warnings;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class GuardianTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  /** A group of 0 is the guardian's own, -1 is everybody, and no mark would be everybody's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+ 0 123",
        "+ 1 123",
        "+ -1 123",
        "+ 00 123",
        "+ 7x 123",
        "+",
        "+ 4194305",
        "+ 4194305 x",
        "+ 4194305 0",
        "i 0",
        "i -1",
        "i",
        "i x"
      })
  void whatIsNoProcessAndNoMarkIsNotHeeded(String order) throws Exception {
    Process guardian =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                "sleep 600 >/dev/null & echo $!; exec sh -c \"$0\"",
                ShellScript.read("guardian.sh"))
            .start();
    BufferedReader out = guardian.inputReader();
    ProcessHandle witness = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    try {
      guardian.outputWriter().append(order).append('\n').close();

      assertThat(guardian.waitFor()).isZero();
      assertThat(witness.isAlive()).isTrue();
    } finally {
      witness.destroyForcibly();
    }
  }

  @Test
  void whenTheServerIsGoneTheRunsThatItWatchesAreEnded() throws Exception {
    Guardian guardian = Guardian.start();
    Process watched = start("setsid", "sleep", "600");
    Process forgotten = start("setsid", "sleep", "600");
    Process another = start("setsid", "sleep", "600");
    guardian.watch(watched.pid(), Mark.random());
    guardian.watch(forgotten.pid(), Mark.random());
    guardian.watch(another.pid(), Mark.random());
    guardian.forget(forgotten.pid());
    await().until(() -> ownGroup(watched) && ownGroup(forgotten) && ownGroup(another));
    guardian.dismiss();
    assertThat(watched.waitFor()).isEqualTo(143);
    assertThat(another.waitFor()).isEqualTo(143);
    assertThat(forgotten.isAlive()).isTrue();
  }

  @Test
  void itInterruptsWhomItIsToldTo() throws Exception {
    Guardian guardian = Guardian.start();
    Process process = start("env", "--default-signal=INT", "sleep", "600");
    await().until(() -> process.toHandle().info().commandLine().orElse("").contains("sleep 600"));
    guardian.interrupt(process.pid());
    assertThat(process.waitFor()).isEqualTo(130);
    guardian.dismiss();
  }

  @Test
  void itIsInASessionOfItsOwnAndGoneOnceItIsDismissed() throws Exception {
    Guardian guardian = Guardian.start();
    long id = Guardians.pid();
    await().until(() -> ProcessTable.read(id).orElseThrow().group() == id);
    guardian.dismiss();
    assertThat(ProcessTable.read(id)).isEmpty();
  }

  @Test
  void itSparesTheServerWhoStartedThatAndItselfButNobodyElse() throws Exception {
    Guardian guardian = Guardian.start();
    ProcessHandle server = ProcessHandle.current();
    assertThat(guardian.spares(entry(server.pid()))).isTrue();
    assertThat(guardian.spares(entry(server.parent().orElseThrow().pid()))).isTrue();
    assertThat(guardian.spares(entry(Guardians.pid()))).isTrue();
    assertThat(guardian.spares(entry(start("sleep", "600").pid()))).isFalse();
    guardian.dismiss();
  }

  @Test
  void thatItHasGoneIsWarnedOf() throws Exception {
    Guardian guardian = Guardian.start();
    guardian.dismiss();
    try (Warnings warnings = new Warnings(Guardian.class)) {
      guardian.interrupt(Integer.MAX_VALUE);
      assertThat(warnings.messages()).singleElement().asString().contains("guardian has gone");
    }
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static boolean ownGroup(Process process) {
    return entry(process.pid()).group() == process.pid();
  }

  private static ProcessTable.Entry entry(long pid) {
    return ProcessTable.read(pid).orElseThrow();
  }
}
