package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class GateTest {
  private final Mark mark = Mark.random();
  @TempDir Path folder;
  private Path started;
  private Process process;

  /** A program that tells that it has begun, its process id, its input and its arguments. */
  @BeforeEach
  void aProgramAtItsGate() throws Exception {
    started = folder.resolve("started");
    String program = "touch %s; echo $$; cat; echo \"<$1>\"; exec sleep 600".formatted(started);
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                ShellScript.read("gate.sh"),
                "tox-server",
                mark.toString(),
                "",
                "sh",
                "-c",
                program,
                "sh",
                " a  b ")
            .start();
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void nothingBeginsBeforeItIsTold() {
    await().during(Duration.ofMillis(100)).until(() -> !started.toFile().exists());
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void aLineLetsItBeginAsThisProcessWithItsArgumentsAndNoInput() throws Exception {
    process.getOutputStream().write("go\nno input".getBytes());
    process.getOutputStream().close();
    assertThat(process.inputReader().readLine()).isEqualTo(Long.toString(process.pid()));
    assertThat(process.inputReader().readLine()).isEqualTo("< a  b >");
    assertThat(started).exists();
  }

  @Test
  void itBeginsWithTheMarkOfItsRun() throws Exception {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    process.inputReader().readLine();
    assertThat(ProcessTable.carries(process.pid(), mark)).isTrue();
  }

  @Test
  void ifTheServerGoesBeforeThatNothingIsStartedAndItEndsAsByAnInterrupt() throws Exception {
    process.getOutputStream().close();
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isEqualTo(130);
    assertThat(started).doesNotExist();
  }
}
