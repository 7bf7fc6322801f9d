package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    process = atGate("", "sh", "-c", program, "sh", " a  b ");
  }

  /**
   * A program that waits.
   *
   * @param before what the shell is told before the gate's own script
   */
  private Process atGate(String before, String... program) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                before + ShellScript.read("gate.sh"),
                "tox-server",
                mark.toString(),
                ""));
    command.addAll(List.of(program));
    return new ProcessBuilder(command).start();
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

  /**
   * The server opens them by /proc: a redirection of the shell's, however short, would be found.
   */
  @Test
  void itsStreamsStayWhatTheyAreAsLongAsItWaits() throws Exception {
    Path redirected = folder.resolve("redirected");
    Process waiting = atGate("ulimit() { : >" + redirected + "; }\n", "true");
    try {
      await().during(Duration.ofMillis(100)).until(() -> !redirected.toFile().exists());
      waiting.getOutputStream().close();
      assertThat(waiting.waitFor()).isEqualTo(130);
    } finally {
      waiting.destroyForcibly();
    }
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
