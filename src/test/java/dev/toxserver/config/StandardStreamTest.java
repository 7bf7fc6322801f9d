package dev.toxserver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StandardStreamTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch reader = new CountDownLatch(1);

  /** A pipe whose reader takes nothing until it is told to. */
  private final OutputStream blocked =
      new OutputStream() {
        @Override
        public void write(int one) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
          try {
            reader.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          written.write(data, offset, length);
        }
      };

  private final AtomicInteger writes = new AtomicInteger();

  /** A pipe whose reader has gone. */
  private final OutputStream closed =
      new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          writes.incrementAndGet();
          throw new IOException("Broken pipe");
        }
      };

  @Test
  void everyByteIsWrittenUnchangedAndInOrder() throws Exception {
    StandardStream stream = new StandardStream("test", written);
    stream.write(new byte[] {0, -1, '\n', '\r'});
    stream.writeLine("é");
    stream.flushed().get(5, TimeUnit.SECONDS);

    assertThat(written.toByteArray()).containsExactly(0, -1, '\n', '\r', 0xC3, 0xA9, '\n');
  }

  @Test
  void aBlockedReaderBlocksNoWriterAndMakesTheStreamFull() {
    StandardStream stream = new StandardStream("test", blocked);
    stream.write(new byte[StandardStream.FULL_BYTES - 1]);
    assertThat(stream.isFull()).isFalse();

    stream.write(new byte[1]);
    assertThat(stream.isFull()).isTrue();

    reader.countDown();
    stream.flushed().join();
    assertThat(stream.isFull()).isFalse();
    assertThat(written.size()).isEqualTo(StandardStream.FULL_BYTES);
  }

  @Test
  void drainedIsToldOnceAndNotWhileTheStreamIsFull() {
    StandardStream stream = new StandardStream("test", blocked);
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<Integer> drained = new CompletableFuture<>();
    stream.write(new byte[StandardStream.FULL_BYTES]);
    stream.onDrained(() -> drained.complete(calls.incrementAndGet()));
    assertThat(drained).isNotDone();

    reader.countDown();
    drained.join();
    stream.write(new byte[1]);
    stream.flushed().join();
    assertThat(calls).hasValue(1);
  }

  @Test
  void drainedIsToldAtOnceWhenTheStreamIsEmpty() {
    StandardStream stream = new StandardStream("test", written);
    CompletableFuture<Void> drained = new CompletableFuture<>();

    stream.onDrained(() -> drained.complete(null));

    assertThat(drained).isDone();
  }

  @Test
  void aReaderThatHasGoneIsReportedAndWhatFollowsIsDropped() throws Exception {
    StandardStream stream = new StandardStream("test", closed);
    CompletableFuture<IOException> told = new CompletableFuture<>();
    stream.onFailure(told::complete);
    stream.write(new byte[StandardStream.FULL_BYTES]);

    assertThat(told.get(5, TimeUnit.SECONDS)).hasMessage("Broken pipe");
    assertThat(stream.failure()).contains(told.join());
    stream.write(new byte[StandardStream.FULL_BYTES]);
    stream.flushed().get(5, TimeUnit.SECONDS);
    assertThat(writes).hasValue(1);
    assertThat(stream.isFull()).isFalse();
  }

  @Test
  void thatTheReaderHasGoneIsToldOnceAndToWhoAskedLast() {
    AtomicInteger earlier = new AtomicInteger();
    AtomicInteger later = new AtomicInteger();
    StandardStream stream = new StandardStream("test", closed);
    stream.onFailure(failure -> earlier.incrementAndGet());
    stream.onFailure(failure -> later.incrementAndGet());
    stream.write(new byte[1]);
    stream.write(new byte[1]);
    stream.flushed().join();
    assertThat(earlier).hasValue(0);
    assertThat(later).hasValue(1);

    stream.onFailure(failure -> earlier.incrementAndGet());
    assertThat(earlier).as("at once, since it has gone").hasValue(1);
  }

  @Test
  void aFlushGivesUpOnABlockedReaderInTime() {
    StandardStream stream = new StandardStream("test", blocked);
    stream.write(new byte[1]);

    stream.flush(1);

    assertThat(written.size()).isZero();
    reader.countDown();
  }
}
