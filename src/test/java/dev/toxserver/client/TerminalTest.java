package dev.toxserver.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final long DEADLINE_MILLIS = 30_000;
  private static final RunEvent.Exit PASSED = exit(0);
  private static final RunEvent.Exit FAILED = exit(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theRunsOutputGoesOutAsItIsAndTheClientsWordsToStandardError() {
    Terminal terminal = terminal(out, false, false);
    terminal.output(Stream.STDOUT, "a\r".getBytes(UTF_8));
    terminal.output(Stream.STDERR, "b\0".getBytes(UTF_8));
    terminal.print("line");
    terminal.say("word");
    terminal.flush(DEADLINE_MILLIS);
    assertThat(out).hasToString("a\rline\n");
    assertThat(err).hasToString("b\0word\n");
  }

  @Test
  void afterAnInterruptOnATerminalItsWordsBeginOnALineOfTheirOwn() {
    Terminal terminal = terminal(out, true, false);
    terminal.sayAfterInterrupt("word");
    terminal.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("\nword\n");
  }

  @Test
  void elsewhereTheyNeedNone() {
    Terminal terminal = terminal(out, false, false);
    terminal.sayAfterInterrupt("word");
    terminal.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("word\n");
  }

  @Test
  void aVerdictIsColouredOnlyWhereColoursAreWanted() {
    Terminal plain = terminal(out, true, false);
    plain.sayVerdict(PASSED, Optional.empty());
    plain.sayVerdict(FAILED, Optional.empty());
    plain.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("[DONE] passed\n[FAIL] failed\n");
    err.reset();
    Terminal coloured = terminal(out, true, true);
    coloured.sayVerdict(PASSED, Optional.empty());
    coloured.sayVerdict(FAILED, Optional.empty());
    coloured.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("[\033[32mDONE\033[0m] passed\n[\033[31mFAIL\033[0m] failed\n");
  }

  @Test
  void whoHasPressedNoKeyForLongIsNotifiedThatTheRunWaitsForKeys() {
    Terminal terminal = terminal(out, true, false);
    terminal.notifyOfAwaitedKeys();
    terminal.notifyAfter(100_000);
    terminal.notifyOfAwaitedKeys();
    terminal.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("");
    terminal.notifyAfter(50);
    await()
        .until(
            () -> {
              terminal.notifyOfAwaitedKeys();
              terminal.flush(DEADLINE_MILLIS);
              return err.toString(UTF_8)
                  .startsWith("\033]9;tox-server: the run waits for keys\007");
            });
    err.reset();
    terminal.notifyAfter(DEADLINE_MILLIS);
    terminal.keyCame();
    terminal.notifyOfAwaitedKeys();
    terminal.flush(DEADLINE_MILLIS);
    assertThat(err).hasToString("");
  }

  @Test
  void eachStreamIsFullByItself() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Terminal terminal = terminal(stuckUntil(released), false, false);
    terminal.output(Stream.STDOUT, new byte[StandardStream.FULL_BYTES]);
    assertThat(terminal.isFull(Stream.STDOUT)).isTrue();
    assertThat(terminal.isFull(Stream.STDERR)).isFalse();
    CountDownLatch drained = new CountDownLatch(1);
    terminal.onDrained(Stream.STDOUT, drained::countDown);
    assertThat(drained.getCount()).isOne();
    released.countDown();
    assertThat(drained.await(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void itIsFlushedWhenBothStreamsAre() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Terminal terminal = terminal(stuckUntil(released), false, false);
    terminal.print("line");
    var flushed = terminal.flushed();
    terminal.say("word");
    assertThat(flushed).isNotDone();
    released.countDown();
    flushed.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void aFlushGivesUpInTheEnd() {
    Terminal terminal = terminal(stuckUntil(new CountDownLatch(1)), false, false);
    terminal.print("line");
    terminal.flush(50);
    assertThat(out).hasToString("");
  }

  @Test
  void thatNobodyReadsItsOutputIsNoticed() throws Exception {
    IOException failure = new IOException("broken pipe");
    Terminal terminal =
        terminal(
            new OutputStream() {
              @Override
              public void write(int each) throws IOException {
                throw failure;
              }
            },
            false,
            false);
    CompletableFuture<IOException> told = new CompletableFuture<>();
    terminal.onOutputClosed(told::complete);
    terminal.print("line");
    assertThat(told.get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)).isSameAs(failure);
    assertThat(terminal.outputClosed()).contains(failure);
  }

  private Terminal terminal(OutputStream target, boolean errIsTerminal, boolean colours) {
    return new Terminal(
        new StandardStream("out", target), new StandardStream("err", err), errIsTerminal, colours);
  }

  private static OutputStream stuckUntil(CountDownLatch released) {
    return new OutputStream() {
      @Override
      public void write(int each) throws IOException {
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static RunEvent.Exit exit(int code) {
    return new RunEvent.Exit(0, code, false, Optional.empty());
  }
}
