package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.TerminalSize;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is piped into a run: all of it, once, in its order, and its end. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class PipedInputTest {
  private static final int MOST = InputRequest.MAX_BYTES;
  private static final int PIPE = 65_536;

  @TempDir Path folder;
  private TerminalRun run;

  @BeforeEach
  void aRunner(Vertx vertx) throws Exception {
    run = TerminalRun.acknowledged(vertx);
  }

  @Test
  void everyByteArrivesAndThenTheEnd() throws Exception {
    byte[] data = new byte[3_000_000];
    new Random(1).nextBytes(data);
    Path copy = folder.resolve("copy");
    start("cat >" + copy);
    int offset = 0;
    while (offset < data.length) {
      byte[] piece = Arrays.copyOfRange(data, offset, Math.min(data.length, offset + MOST));
      offset = (int) done(run.input(offset, piece, false));
    }
    run.input(offset, new byte[0], true);
    assertThat(run.exit().returncode()).isZero();
    assertThat(Files.readAllBytes(copy)).isEqualTo(data);
  }

  @Test
  void whatComesBeforeTheProgramHasBegunIsNotLost() throws Exception {
    run.startOnly(TerminalRun.WITH_STDIN, "cat");
    done(run.input(0, "first\nsecond\n".getBytes(), true));
    assertThat(run.toTheEnd()).isEqualTo("first\nsecond\n");
  }

  @Test
  void whatIsSentTwiceIsTakenOnceAndAGapIsRefused() throws Exception {
    start("cat");
    assertThat(done(run.input(0, "abc".getBytes(), false))).isEqualTo(3);
    assertThat(done(run.input(1, "bcde".getBytes(), false))).isEqualTo(5);
    assertThat(done(run.input(0, "ab".getBytes(), false))).isEqualTo(5);
    assertThat(done(run.input(2, new byte[0], false))).as("a question").isEqualTo(5);
    assertThatThrownBy(() -> done(run.input(6, "x".getBytes(), false)))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400))
        .hasMessageContaining("only 5 bytes came before");
    assertThatThrownBy(() -> done(run.input(Long.MAX_VALUE, new byte[0], true)))
        .isInstanceOf(ReplyException.class);
    done(run.input(5, new byte[0], true));
    done(run.input(5, new byte[0], true));
    assertThat(run.toTheEnd()).isEqualTo("abcde");
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws Exception {
    start("cat; exec sleep 600");
    done(run.input(0, "x".getBytes(), true));
    assertThatThrownBy(() -> done(run.input(1, "y".getBytes(), false)))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(400));
    run.until("x");
    run.cancel();
    assertThat(run.toTheEnd()).isEqualTo("x");
  }

  @Test
  void aProgramThatDoesNotReadHoldsUpWhoWritesAndNoMoreIsKept() throws Exception {
    start("while [ ! -e %s/go ]; do sleep 0.02; done; wc -c".formatted(folder));
    assertThat(done(run.input(0, new byte[MOST], false))).as("in the pipe").isEqualTo(PIPE);
    Future<Long> second = run.input(MOST, new byte[MOST], false);
    await().during(Duration.ofMillis(200)).until(() -> !second.isComplete());
    Future<Long> third = run.input(2 * MOST, new byte[10], true);
    assertThat(done(second)).as("taken, though not written").isEqualTo(2 * MOST);
    Files.createFile(folder.resolve("go"));
    assertThat(done(third)).as("there was no room").isEqualTo(2 * MOST);
    assertThat(done(run.input(2 * MOST, new byte[10], true))).isEqualTo(2 * MOST + 10);
    assertThat(run.toTheEnd().strip()).isEqualTo("" + (2 * MOST + 10));
  }

  @Test
  void aProgramThatReadsNoMoreTakesNoMore() throws Exception {
    start("exec <&-; echo closed; sleep 600");
    run.until("closed");
    run.input(0, "x".getBytes(), false);
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> done(run.input(1, "y".getBytes(), false)))
                    .hasMessageContaining("takes no more input"));
    assertThat(done(run.input(0, new byte[0], false))).as("a question").isEqualTo(1);
    run.cancel();
    run.toTheEnd();
  }

  @Test
  void aRunEndsThoughItsInputIsFullAndSomethingHoldsItOpen() throws Exception {
    start("exec 3<&0; sleep 600 <&3 & exit 6");
    run.input(0, new byte[MOST], false);
    run.input(MOST, new byte[MOST], false);
    assertThat(run.exit().returncode()).isEqualTo(6);
  }

  @Test
  void ofARunThatHasEndedNoInputIsTaken() throws Exception {
    start("exit 0");
    run.toTheEnd();
    assertThatThrownBy(() -> done(run.input(0, new byte[0], false)))
        .isInstanceOfSatisfying(
            ReplyException.class, e -> assertThat(e.failureCode()).isEqualTo(404));
  }

  @Test
  void aRunInPipesHasNoSizeToChange() throws Exception {
    start("cat");
    run.resize(new TerminalSize(1, 1));
    done(run.input(0, "x".getBytes(), true));
    assertThat(run.toTheEnd()).isEqualTo("x");
  }

  private void start(String script) throws InterruptedException {
    run.start(TerminalRun.WITH_STDIN, "sh", "-c", script);
  }

  private static long done(Future<Long> taken) throws Exception {
    return taken.await(30, TimeUnit.SECONDS);
  }
}
