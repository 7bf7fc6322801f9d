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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OutputReaderTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<String> chunks = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Java's own end of the pipe is closed by then. */
  @Test
  void whatAChildPrintsArrivesEvenIfItsParentHasEndedBeforeAnybodyReads() throws Exception {
    Process process = start("(%s; printf late) & printf a", waitFor("ended"));
    OutputPipe pipe = begin(process);
    assertThat(process.onExit().get(30, TimeUnit.SECONDS).exitValue()).isZero();
    read(pipe, new Window(1_000_000));
    await().atMost(DEADLINE).until(() -> chunks.contains("a"));
    Files.createFile(folder.resolve("ended"));
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(String.join("", chunks)).isEqualTo("alate");
  }

  @Test
  void whatAChildPrintsAfterItsParentHasEndedArrivesEvenIfTheReaderWasHeldUpMeanwhile()
      throws Exception {
    Window window = new Window(1);
    Process process =
        start(
            "printf a; %s; (%s; printf late; touch %s) & printf b",
            waitFor("first"), waitFor("second"), folder.resolve("printed"));
    read(begin(process), window);
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
    read(begin(start("printf x")), new Window(1));
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(chunks).containsExactly("x");
  }

  @Test
  void whatIsInThePipeAtTheEndIsReadWhoeverHoldsItOpen() throws Exception {
    Window window = new Window(1);
    Path written = folder.resolve("written");
    Process process =
        start("printf a; printf %s; touch %s; %s", "b".repeat(60_000), written, waitFor("never"));
    OutputReader reader = read(begin(process), window);
    await().atMost(DEADLINE).until(() -> Files.exists(written));
    reader.finish();
    window.open();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(String.join("", chunks)).hasSize(60_001);
    process.destroyForcibly();
  }

  /** Whoever takes a chunk waits until there is more, so that the pipe is never found empty. */
  @Test
  void whoWritesWithoutEndIsReadNoFurtherThanWhatIsInThePipeAtTheEnd() throws Exception {
    Process process = start("exec cat /dev/zero");
    OutputPipe pipe = begin(process);
    AtomicLong bytes = new AtomicLong();
    OutputReader reader =
        OutputReader.start(
            new RunId("a"),
            Stream.STDOUT,
            pipe,
            new Window(1_000_000),
            (stream, data) -> {
              bytes.addAndGet(data.length);
              await().pollInSameThread().until(() -> pipe.available() > 0);
            },
            stream -> ended.countDown());
    await().atMost(DEADLINE).until(() -> bytes.get() > 0 && pipe.available() > 0);
    long before = bytes.get();
    reader.finish();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(bytes.get() - before).isLessThanOrEqualTo(3 * 64 * 1024);
    assertThat(reader.wasCutOff()).isTrue();
    process.destroyForcibly();
  }

  @Test
  void itsThreadDoesNotKeepTheServerFromEnding() throws Exception {
    Process process = start("exec sleep 600");
    read(begin(process), new Window(1));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("run-a-stdout"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
    process.destroyForcibly();
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private String waitFor(String file) {
    return "while [ ! -e " + folder.resolve(file) + " ]; do sleep 0.02; done";
  }

  /** It waits until {@link #begin}. */
  private static Process start(String script, Object... args) throws Exception {
    return new ProcessBuilder("sh", "-c", "read -r go; " + script.formatted(args)).start();
  }

  private static OutputPipe begin(Process process) throws Exception {
    OutputPipe pipe = OutputPipe.open(process, Stream.STDOUT);
    process.getOutputStream().close();
    return pipe;
  }

  private OutputReader read(OutputPipe pipe, Window window) {
    return OutputReader.start(
        new RunId("a"),
        Stream.STDOUT,
        pipe,
        window,
        (stream, data) -> chunks.add(new String(data, StandardCharsets.UTF_8)),
        stream -> ended.countDown());
  }
}
