package dev.toxserver.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OutputPipeTest {
  private Process process;

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void eachStreamHasAPipeOfItsOwn() throws Exception {
    start("printf out; printf error >&2; exec sleep 600");
    Map<Stream, OutputPipe> pipes = RunStreams.open(process, false, Optional.empty()).outputs();
    go();
    assertThat(text(pipes.get(Stream.STDOUT))).isEqualTo("out");
    assertThat(text(pipes.get(Stream.STDERR))).isEqualTo("error");
  }

  @Test
  void itsNameIsTheOneByWhichWhoHoldsItOpenIsFound() throws Exception {
    start("exec sleep 600");
    OutputPipe pipe = OutputPipe.open(process, Stream.STDERR);
    assertThat(ProcessTable.holds(process.pid(), Set.of(pipe.name()))).isTrue();
    pipe.close();
    assertThat(ProcessTable.holds(ProcessHandle.current().pid(), Set.of(pipe.name())))
        .as("neither we nor Java hold it any more")
        .isFalse();
  }

  @Test
  void itTellsHowMuchLiesInIt() throws Exception {
    start("printf 12345; exec sleep 600");
    OutputPipe pipe = OutputPipe.open(process, Stream.STDOUT);
    assertThat(pipe.available()).isZero();
    go();
    await().until(() -> pipe.available() == 5);
    pipe.close();
    assertThat(pipe.available()).isZero();
  }

  @Test
  void whoReadsItIsWokenWhenItIsClosed() throws Exception {
    start("exec sleep 600");
    OutputPipe pipe = OutputPipe.open(process, Stream.STDOUT);
    CompletableFuture<Integer> reading = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                reading.complete(pipe.read(ByteBuffer.allocate(1)));
              } catch (IOException | InterruptedException e) {
                reading.completeExceptionally(e);
              }
            });
    reader.start();
    await().until(() -> isReading(reader));
    pipe.close();
    assertThat(reading)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(AsynchronousCloseException.class);
    assertThatThrownBy(() -> pipe.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aProgramOneOfWhosePipesCanNotBeOpenedIsKilledAndTheOtherIsClosed() throws Exception {
    process = new ProcessBuilder("sh", "-c", "exec 2>&-; echo; read never").start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    String other = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/fd/1")).toString();
    assertThatThrownBy(() -> RunStreams.open(process, false, Optional.empty()))
        .isInstanceOf(IOException.class);
    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(ProcessTable.holds(ProcessHandle.current().pid(), Set.of(other))).isFalse();
  }

  private static boolean isReading(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.isNativeMethod() && frame.getMethodName().startsWith("read")) {
        return true;
      }
    }
    return false;
  }

  private static String text(OutputPipe pipe) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    int length = pipe.read(buffer);
    return new String(buffer.array(), 0, length);
  }

  /** It waits until {@link #go}. */
  private void start(String script) throws IOException {
    process = new ProcessBuilder("sh", "-c", "read -r go; " + script).start();
  }

  private void go() throws IOException {
    process.getOutputStream().close();
  }
}
