package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.RunId;
import dev.toxserver.runner.report.RunFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaunchedTest {
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Process process;
  private Launched launched;

  @BeforeEach
  void aProgramAtItsGate() throws IOException {
    process =
        new ProcessBuilder(
                "sh", "-c", ShellScript.read("gate.sh"), "sh", "9", "", "sh", "-c", "exit 7")
            .start();
    launched =
        new Launched(
            process,
            List.of("sh"),
            List.of(),
            RunStreams.open(process, false, Optional.empty()),
            null,
            RunFiles.NONE);
  }

  @AfterEach
  void end() {
    launched.abandon();
  }

  @Test
  void itsEndIsToldAndNotItsBegin() throws Exception {
    launched.awaitExit(new RunId("a"), ended);
    assertThat(ended).isNotDone();
    launched.begin();
    ended.get(10, TimeUnit.SECONDS);
    assertThat(process.exitValue()).isEqualTo(7);
  }

  @Test
  void oneThatIsTurnedBackEndsAsByAnInterrupt() throws Exception {
    launched.turnBack();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void oneThatIsAbandonedIsKilledAndItsPipesAreClosed() throws Exception {
    launched.abandon();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    for (OutputPipe pipe : launched.streams().outputs().values()) {
      assertThat(pipe.available()).isZero();
      assertThatThrownBy(() -> pipe.read(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void oneThatWasKilledAtItsGateCanNeitherBeginNorTurnBack() throws Exception {
    process.destroyForcibly().waitFor();
    launched.begin();
    launched.turnBack();
    assertThat(process.exitValue()).isEqualTo(137);
  }

  @Test
  void whoWaitsForItsEndCanBeInterrupted() {
    launched.awaitExit(new RunId("a"), ended);
    Thread waiting =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("run-a-exit"))
            .findFirst()
            .orElseThrow();
    assertThat(waiting.isDaemon()).isTrue();
    waiting.interrupt();
    await().until(ended::isCompletedExceptionally);
  }
}
