package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GateTest {
  @TempDir Path folder;
  private Path started;
  private Process process;

  @BeforeEach
  void aProgramAtItsGate() throws Exception {
    started = folder.resolve("started");
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                ShellScript.read("gate.sh"),
                "tox-server",
                Mark.random().toString(),
                "touch",
                started.toString())
            .start();
  }

  @Test
  void aLineLetsItBegin() throws Exception {
    process.getOutputStream().write('\n');
    process.getOutputStream().close();
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isZero();
    assertThat(started).exists();
  }

  @Test
  void ifTheServerGoesBeforeThatNothingIsStarted() throws Exception {
    process.getOutputStream().close();
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isNotZero();
    assertThat(started).doesNotExist();
  }
}
