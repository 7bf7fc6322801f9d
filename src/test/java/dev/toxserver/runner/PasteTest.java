package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A megabyte is pasted into a terminal. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(VertxExtension.class)
@Timeout(120)
class PasteTest {
  private static final int SIZE = 1 << 20;
  private static final int MOST = 64 * 1024;

  @TempDir Path folder;
  private Path copy;
  private TerminalRun run;

  @BeforeEach
  void aRunner(Vertx vertx) throws Exception {
    run = TerminalRun.acknowledged(vertx);
    copy = folder.resolve("copy");
  }

  @Test
  void allBytesArriveInAProgramThatTakesTheTerminalRaw() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(1).nextBytes(data);
    start("stty raw -echo; echo up; head -c %d >%s".formatted(SIZE, copy));
    paste(data);
    assertThat(run.exit().returncode()).isZero();
    assertThat(Files.readAllBytes(copy)).isEqualTo(data);
  }

  /**
   * The echo goes the other way: who writes must not wait for who reads, nor the reverse. The
   * kernel itself leaves some of it out, which is too much for its buffer.
   */
  @Test
  void allLinesArriveInAProgramThatReadsLinesWhileTheyAreShown() throws Exception {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int n = 0; lines.size() < SIZE; n++) {
      lines.writeBytes(
          "%07d the quick brown fox jumps over the lazy dog\n".formatted(n).getBytes());
    }
    start("echo up; head -c %d >%s".formatted(lines.size(), copy));
    paste(lines.toByteArray());
    assertThat(run.toTheEnd()).hasSizeGreaterThan(SIZE / 2);
    assertThat(Files.readAllBytes(copy)).isEqualTo(lines.toByteArray());
  }

  @Test
  void itWaitsForAProgramThatSleeps() throws Exception {
    byte[] data = new byte[SIZE];
    new Random(2).nextBytes(data);
    start(
        "stty raw -echo; echo up; while [ ! -e %s/go ]; do sleep 0.02; done; head -c %d >%s"
            .formatted(folder, SIZE, copy));
    run.until("up");
    run.input(0, Arrays.copyOf(data, MOST), false);
    run.input(MOST, Arrays.copyOfRange(data, MOST, 2 * MOST), false);
    Files.createFile(folder.resolve("go"));
    paste(data);
    assertThat(run.exit().returncode()).isZero();
    assertThat(Files.readAllBytes(copy)).isEqualTo(data);
  }

  private void start(String script) throws InterruptedException {
    run.start(TerminalRun.IN_TERMINAL, "sh", "-c", script);
  }

  private void paste(byte[] data) throws Exception {
    run.until("up");
    int offset = 0;
    while (offset < data.length) {
      byte[] piece = Arrays.copyOfRange(data, offset, Math.min(data.length, offset + MOST));
      offset = Math.toIntExact(run.input(offset, piece, false).await(30, TimeUnit.SECONDS));
    }
  }
}
