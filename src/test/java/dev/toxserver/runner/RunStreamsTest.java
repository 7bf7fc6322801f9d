package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class RunStreamsTest {
  private static final int PIPE = 65_536;

  @Test
  void inputCanBeClosedWhileAWriteWaitsForAProgramThatDoesNotRead() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      RunStreams streams = RunStreams.open(process, true, Optional.empty());
      AtomicInteger written = new AtomicInteger();
      CompletableFuture<IOException> failure = new CompletableFuture<>();
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    written.addAndGet(
                        streams.input().orElseThrow().write(ByteBuffer.allocate(4096)));
                  }
                } catch (IOException e) {
                  failure.complete(e);
                }
              });
      writer.setDaemon(true);
      writer.start();
      await().until(() -> written.get() >= PIPE);
      CompletableFuture.runAsync(streams::close).get(10, TimeUnit.SECONDS);
      assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(AsynchronousCloseException.class);
      assertThat(process.isAlive()).isTrue();
      streams.outputs().values().forEach(OutputPipe::close);
    } finally {
      process.destroyForcibly();
    }
  }
}
