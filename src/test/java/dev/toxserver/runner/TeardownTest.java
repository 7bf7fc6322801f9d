package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TeardownTest {
  /** Longer than SIGKILL is given before it is tried more seldom. */
  private static final long STUCK_MILLIS = 7_000;

  /** No process has it: the table shows nothing that could be signalled. */
  private static final long NOBODY = Integer.MAX_VALUE;

  private final Vertx vertx = Vertx.vertx();
  private final Workers workers = new Workers(vertx);
  private Guardian guardian;

  @BeforeEach
  void aGuardian() throws Exception {
    guardian = Guardian.start();
  }

  @AfterEach
  void endAll() throws Exception {
    workers.close();
    guardian.dismiss();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void itIsNotOverWhileTheProgramLivesHoweverLongNothingHelps() throws Exception {
    RunnerConfig config = new RunnerConfig("sh", Map.of(), false, 10, 10, 65_536);
    StuckProcess process = new StuckProcess();
    Survivors survivors = new Survivors(NOBODY, false, Mark.random(), guardian);
    Launched launched = new Launched(process, List.of("sh"), Map.of(), survivors);
    CompletableFuture<Boolean> aliveAtTheEnd = new CompletableFuture<>();

    vertx.runOnContext(
        v -> {
          Teardown teardown = new Teardown(vertx, config, new RunId("a"), launched, workers);
          teardown.interrupt();
          teardown.finish().onComplete(over -> aliveAtTheEnd.complete(process.isAlive()));
        });

    assertThat(aliveAtTheEnd.get(50, TimeUnit.SECONDS)).isFalse();
  }

  /** A program that no signal ends for a while, as one that waits for a disk that is gone. */
  private static final class StuckProcess extends Process {
    private final long since = System.nanoTime();

    @Override
    public boolean isAlive() {
      return System.nanoTime() - since < STUCK_MILLIS * 1_000_000;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int exitValue() {
      throw new IllegalThreadStateException();
    }

    @Override
    public void destroy() {
      // Nothing helps.
    }
  }
}
