package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that stops costs bounded memory, slows its own run and nobody else's. */
class SlowReaderIT {
  private static final long MEGABYTE = 1024 * 1024;

  @TempDir Path folder;

  @Test
  void aStoppedReaderStopsItsRunAndNothingIsLost() throws Exception {
    Path written = folder.resolve("written");
    String tox =
        Script.in(
            folder,
            "if [ $# = 0 ]; then seq -w 1 8000000; touch %s; else echo quick; fi"
                .formatted(written));
    try (Server server = Server.start(folder, "--no-tee", "--jobs", "2", "--tox", tox);
        JarProcess slow = server.client("run")) {
      await().atMost(Captured.DEADLINE).until(() -> slow.out().size() > MEGABYTE);
      slow.signal("STOP");
      long atStop = slow.out().size();
      awaitBlockedWriter(server);
      long before = Proc.residentBytes(server.pid());
      for (int n = 0; n < 5; n++) {
        try (JarProcess other = server.client("run", "quick")) {
          assertThat(other.exitCode()).isZero();
          assertThat(other.out().text()).isEqualTo("quick\n");
        }
      }
      assertStaysBounded(server, before);
      assertThat(written).as("64 MB can't be under way").doesNotExist();
      assertThat(Proc.residentBytes(server.pid()) - before).isLessThan(32 * MEGABYTE);
      assertThat(slow.out().size()).isLessThan((int) (atStop + 2 * MEGABYTE));
      slow.signal("CONT");
      assertThat(slow.exitCode()).isZero();
      byte[] expected =
          new ProcessBuilder("seq", "-w", "1", "8000000").start().getInputStream().readAllBytes();
      assertThat(slow.out().bytes()).isEqualTo(expected);
    }
  }

  /** For three seconds; and others are answered meanwhile. */
  private static void assertStaysBounded(Server server, long before) throws Exception {
    try (BridgeSocket other = server.socket()) {
      await("memory stays bounded and others are answered")
          .atMost(Captured.DEADLINE)
          .during(Duration.ofSeconds(3))
          .until(
              () -> {
                long asked = System.nanoTime();
                other.request("tox.ping", new JsonObject());
                boolean running = other.nextFrom("reply").getInteger("running") == 1;
                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                // Usually 1 ms; the bound is for a busy machine.
                return running
                    && took.compareTo(Duration.ofSeconds(2)) < 0
                    && Proc.residentBytes(server.pid()) - before < 32 * MEGABYTE;
              });
    }
  }

  /** Nothing is written any more, for a second: the program waits for its reader. */
  private static void awaitBlockedWriter(Server server) {
    AtomicLong last = new AtomicLong(-1);
    await("the program waits for its reader")
        .atMost(Captured.DEADLINE)
        .during(Duration.ofSeconds(1))
        .until(
            () -> {
              long now = bytesWrittenByChildren(server);
              return last.getAndSet(now) == now;
            });
  }

  /** See proc(5), io: wchar. */
  private static long bytesWrittenByChildren(Server server) {
    return ProcessHandle.of(server.pid())
        .orElseThrow()
        .descendants()
        .mapToLong(child -> bytesWritten(child.pid()))
        .sum();
  }

  private static long bytesWritten(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/io")).stream()
          .filter(line -> line.startsWith("wchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
