package dev.toxserver.client.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StandardInputTest {
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

  @Test
  void aPieceIsReadOnlyWhenItIsAskedFor() throws Exception {
    Pipe pipe = Pipe.open();
    StandardInput input = input(pipe.source());
    write(pipe, "one");
    assertThat(read.poll(100, TimeUnit.MILLISECONDS)).as("nobody has asked").isNull();
    input.more();
    assertThat(read.take()).isEqualTo("one");
    input.more();
    write(pipe, "two");
    assertThat(read.take()).isEqualTo("two");
    input.close();
  }

  @Test
  void itsEndIsToldAndSoIsThatItCantBeRead() throws Exception {
    Pipe pipe = Pipe.open();
    StandardInput input = input(pipe.source());
    pipe.sink().close();
    input.more();
    assertThat(read.take()).isEqualTo("end");
    input.more();
    assertThat(read.take()).as("asked again").isEqualTo("end");
    input.close();
    input(broken()).more();
    assertThat(read.take()).isEqualTo("end");
  }

  @Test
  void closingItWakesTheThreadThatReadsAndTellsNobody() throws Exception {
    Pipe pipe = Pipe.open();
    StandardInput input = input(pipe.source());
    input.more();
    input.close();
    input.more();
    org.awaitility.Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("tox-server-stdin")));
    assertThat(read).isEmpty();
  }

  private StandardInput input(ReadableByteChannel channel) {
    return new StandardInput(
        channel, piece -> read.add(new String(piece, UTF_8)), () -> read.add("end"));
  }

  private static void write(Pipe pipe, String text) throws IOException {
    pipe.sink().write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static ReadableByteChannel broken() {
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer target) throws IOException {
        throw new IOException("Input/output error");
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
