package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Stream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputReaderTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<String> chunks = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Without the stream's monitor, the JDK closes the pipe while the reader waits for its window.
   */
  @Test
  void whatAChildPrintsAfterItsParentHasEndedArrivesEvenIfTheReaderWasHeldUpMeanwhile()
      throws Exception {
    Window window = new Window(1);
    Process process =
        start(
            "printf a; %s; (%s; printf late; touch %s) & printf b",
            waitFor("first"), waitFor("second"), folder.resolve("printed"));
    read(process, window);
    await().atMost(DEADLINE).until(() -> chunks.contains("a"));
    Files.createFile(folder.resolve("first"));
    assertThat(process.waitFor()).isZero();
    Files.createFile(folder.resolve("second"));
    await().atMost(DEADLINE).until(() -> Files.exists(folder.resolve("printed")));
    window.open();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(String.join("", chunks)).isEqualTo("ablate");
  }

  @Test
  void theEndIsToldAfterTheLastChunk() throws Exception {
    read(start("printf x"), new Window(1));
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(chunks).containsExactly("x");
  }

  private String waitFor(String file) {
    return "while [ ! -e " + folder.resolve(file) + " ]; do sleep 0.02; done";
  }

  private static Process start(String script, Object... args) throws Exception {
    return new ProcessBuilder("sh", "-c", script.formatted(args)).start();
  }

  private void read(Process process, Window window) {
    OutputReader.start(
        new RunId("a"),
        Stream.STDOUT,
        process.getInputStream(),
        window,
        (stream, data) -> chunks.add(new String(data, StandardCharsets.UTF_8)),
        stream -> ended.countDown());
  }
}
