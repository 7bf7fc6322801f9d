package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TeeTest {
  private final CountDownLatch reader = new CountDownLatch(1);
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

  /** Nobody takes what is written until the reader comes. */
  private final StandardStream blockedOut =
      new StandardStream(
          "test-out",
          new OutputStream() {
            @Override
            public void write(int one) throws IOException {
              write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
              try {
                reader.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              outBytes.write(data, offset, length);
            }
          });

  private final StandardStream err = new StandardStream("test-err", errBytes);
  private final Tee tee = new Tee(Map.of(Stream.STDOUT, blockedOut, Stream.STDERR, err));

  @Test
  void eachStreamGoesToItsOwnTargetUnchanged() {
    reader.countDown();
    tee.write(Stream.STDOUT, new byte[] {1, 0, -1});
    tee.write(Stream.STDERR, text("warning"));
    blockedOut.flushed().join();
    err.flushed().join();

    assertThat(outBytes.toByteArray()).containsExactly(1, 0, -1);
    assertThat(errBytes).hasToString("warning");
  }

  @Test
  void aBlockedTargetNeverHoldsUpARunAndKeepsBoundedMemory() {
    byte[] chunk = new byte[64 * 1024];
    for (int i = 0; i < 1_000; i++) {
      tee.write(Stream.STDOUT, chunk);
    }
    tee.write(Stream.STDERR, text("still here"));
    err.flushed().join();

    assertThat(errBytes).hasToString("still here");
    reader.countDown();
    blockedOut.flushed().join();
    assertThat(outBytes.size()).isEqualTo(StandardStream.FULL_BYTES);
  }

  @Test
  void itSaysOnceHowMuchWasLeftOutAndThenGoesOn() {
    byte[] first = new byte[StandardStream.FULL_BYTES];
    tee.write(Stream.STDOUT, first);
    tee.write(Stream.STDOUT, text("lost"));
    tee.write(Stream.STDOUT, text(" and gone"));
    reader.countDown();
    blockedOut.flushed().join();

    tee.write(Stream.STDOUT, text("found"));
    tee.write(Stream.STDOUT, text(" again"));
    blockedOut.flushed().join();

    assertThat(outBytes.toString(StandardCharsets.UTF_8).substring(first.length))
        .isEqualTo("\n[serve] 13 bytes left out here: nobody read them in time\nfound again");
  }

  @Test
  void aStreamWithoutATargetIsNotCopied() {
    Tee errOnly = new Tee(Map.of(Stream.STDERR, err));

    errOnly.write(Stream.STDOUT, text("out"));
    errOnly.write(Stream.STDERR, text("err"));
    err.flushed().join();

    assertThat(errBytes).hasToString("err");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
