package dev.toxserver.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.protocol.TerminalSize;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(min = JRE.JAVA_22)
@Timeout(60)
class PseudoTerminalTest {
  private static final TerminalSize SIZE = new TerminalSize(9999, 1);

  private final Ioctl ioctl = load();
  private final List<PseudoTerminal> opened = new ArrayList<>();

  private static Ioctl load() {
    try {
      return Ioctl.load();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    opened.forEach(PseudoTerminal::close);
  }

  @Test
  void eachHasASizeOfItsOwn() throws Exception {
    PseudoTerminal first = open();
    PseudoTerminal second = open();
    second.resize(null, new TerminalSize(1, 9999));
    assertThat(outputOf(first, "stty size")).isEqualTo("1 9999\r\n");
    assertThat(outputOf(second, "stty size")).isEqualTo("9999 1\r\n");
  }

  @Test
  void theEndOfItsProgramIsAnErrorAfterAllThatWasPrinted() throws Exception {
    PseudoTerminal terminal = open();
    Process process = start(terminal, "head -c 10000 /dev/zero");
    process.waitFor();
    FileInputStream screen = terminal.serverEnd().orElseThrow().screen();
    assertThat(screen.readNBytes(10_000)).hasSize(10_000);
    assertThatThrownBy(screen::read).isInstanceOf(IOException.class);
  }

  @Test
  void whoReadsAndWhoWritesIsWokenWhenItIsClosed() throws Exception {
    PseudoTerminal terminal = open();
    Process process = start(terminal, "stty raw -echo; exec sleep 600");
    Terminal.ServerEnd end = terminal.serverEnd().orElseThrow();
    CompletableFuture<Void> reading = onThread(() -> readOn(end.screen().getChannel()));
    CompletableFuture<Void> writing = onThread(() -> writeOn(end));
    await().until(() -> sent >= 4096);
    terminal.close();
    for (CompletableFuture<Void> each : List.of(reading, writing)) {
      assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(AsynchronousCloseException.class);
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("it was hung up").isTrue();
  }

  @Test
  void ofOneThatIsClosedNothingIsChanged() throws Exception {
    PseudoTerminal terminal = open();
    terminal.close();
    terminal.close();
    PseudoTerminal another = open();
    terminal.resize(null, new TerminalSize(7, 7));
    assertThat(outputOf(another, "stty size")).isEqualTo("1 9999\r\n");
  }

  @Test
  void anIoctlThatFailsIsAnError() throws Exception {
    ByteBuffer argument = ByteBuffer.allocateDirect(128);
    assertThatThrownBy(() -> ioctl.call(-1, 0x5401, argument)).isInstanceOf(IOException.class);
  }

  @Test
  void manyAreOpenedAndClosedAtOnce() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int n = 0; n < 8; n++) {
      all.add(
          onThread(
              () -> {
                for (int each = 0; each < 50; each++) {
                  PseudoTerminal.open(ioctl, SIZE).close();
                }
              }));
    }
    assertThatCode(() -> CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join())
        .doesNotThrowAnyException();
  }

  private volatile long sent;

  private void writeOn(Terminal.ServerEnd end) throws IOException {
    while (true) {
      sent += end.keyboard().write(ByteBuffer.allocate(1024));
    }
  }

  private static void readOn(ReadableByteChannel screen) throws IOException {
    while (screen.read(ByteBuffer.allocate(1024)) > 0) {}
  }

  private PseudoTerminal open() throws IOException {
    PseudoTerminal terminal = PseudoTerminal.open(ioctl, SIZE);
    opened.add(terminal);
    assertThat(terminal.wrap(List.of("a"), Map.of())).containsExactly("a");
    return terminal;
  }

  private static Process start(PseudoTerminal terminal, String script) throws IOException {
    return new ProcessBuilder(
            "setsid",
            "sh",
            "-c",
            "exec sh -c \"$2\" <>\"$1\" >&0 2>&0",
            "sh",
            terminal.gate(),
            script)
        .start();
  }

  private static String outputOf(PseudoTerminal terminal, String script) throws Exception {
    start(terminal, script).waitFor();
    byte[] shown = new byte[1024];
    return new String(shown, 0, terminal.serverEnd().orElseThrow().screen().read(shown));
  }

  private static CompletableFuture<Void> onThread(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            })
        .start();
    return done;
  }

  private interface Task {
    void run() throws Exception;
  }
}
