package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoiled frames against a real server: always the same ones, or with -Dfuzz.seconds=300 as many as
 * fit in that time, from a seed that it prints (and that -Dfuzz.seed=… takes again).
 */
class FuzzIT {
  private static final int EXECUTIONS = 1_800;
  private static final int WARM_UP = 800;
  private static final int CHECK_EVERY = 200;
  private static final String TOKEN = "5e5a".repeat(8);

  private final long seconds = Long.getLong("fuzz.seconds", 0);
  private final long seed =
      Long.getLong("fuzz.seed", seconds == 0 ? 20_261_122 : new Random().nextLong());
  private final FrameGenerator generator = new FrameGenerator(seed, TOKEN);
  private final long start = System.nanoTime();

  @TempDir Path folder;
  private int executions;
  private int seenOutput;

  @Test
  void whateverIsSentTheServerLivesAndOthersAreServed() throws Exception {
    try (Server server =
            Server.start(folder, variables(), "--no-tee", "--jobs", "3", "--tox", tox());
        JarProcess run = server.client(Map.of("TOX_SERVER_TOKEN", TOKEN), "run", "steady");
        BridgeSocket bystander = new BridgeSocket(server.port())) {
      bystander.show(TOKEN);
      attack(server, WARM_UP, 0, bystander, run);
      long live = Proc.liveHeapBytes(server.pid());
      long resident = Proc.residentBytes(server.pid());
      attack(server, EXECUTIONS, seconds, bystander, run);
      long liveGrowth = Proc.liveHeapBytes(server.pid()) - live;
      long residentGrowth = Proc.residentBytes(server.pid()) - resident;
      Files.createFile(folder.resolve("stop"));
      System.out.printf(
          "FuzzIT: seed %d, %d connections in %d s; live heap %+d KiB, resident %+d KiB%n",
          seed, executions, secondsSince(start), liveGrowth / 1024, residentGrowth / 1024);
      assertThat(run.exitCode()).as("seed %d", seed).isZero();
      assertThat(sha256(run.out().bytes())).isEqualTo(sha256(Files.readAllBytes(written())));
      assertThat(liveGrowth).as("live heap, seed %d", seed).isLessThan(4 * Proc.MEGABYTE);
      assertThat(residentGrowth).as("resident, seed %d", seed).isLessThan(64 * Proc.MEGABYTE);
      assertThat(server.err().text()).as("seed %d", seed).doesNotContain("Exception", "Unhandled");
    }
  }

  private void attack(
      Server server, int until, long forSeconds, BridgeSocket bystander, JarProcess run)
      throws IOException {
    long begun = System.nanoTime();
    while (executions < until || secondsSince(begun) < forSeconds) {
      send(server);
      if (++executions % CHECK_EVERY == 0) {
        othersAreServed(server, bystander, run);
      }
    }
  }

  private void send(Server server) throws IOException {
    try (BridgeSocket attacker = new BridgeSocket(server.port())) {
      for (Buffer piece : generator.session()) {
        attacker.send(piece);
      }
      if (executions % 2 == 0) {
        attacker.endSending();
        attacker.isClosedByServer();
      }
    } catch (java.net.SocketException e) {
      // It was cut off, as it deserves; whether the server still lives is looked at elsewhere.
    }
  }

  private void othersAreServed(Server server, BridgeSocket bystander, JarProcess run)
      throws IOException {
    String when = "seed %d, after %d".formatted(seed, executions);
    assertThat(server.isAlive()).as(when).isTrue();
    long asked = System.nanoTime();
    bystander.request("tox.ping", new JsonObject());
    bystander.nextFrom("reply");
    assertThat(secondsSince(asked)).as(when).isLessThan(5);
    await(when).atMost(Captured.DEADLINE).until(() -> run.out().size() > seenOutput);
    seenOutput = run.out().size();
  }

  private String tox() throws IOException {
    return Script.in(
        folder,
        "[ \"$1\" = steady ] || exit 3\n"
            + "while [ ! -e stop ]; do seq -w 1 1000; sleep 0.05; done | tee %s"
                .formatted(written()));
  }

  private Path written() {
    return folder.resolve("written");
  }

  /** Without the gaps that a collection may leave: they count as arrays, and look like a leak. */
  private static Map<String, String> variables() {
    return Map.of(
        "TOX_SERVER_TOKEN",
        TOKEN,
        "JAVA_TOOL_OPTIONS",
        "-Xmx96m -XX:MarkSweepDeadRatio=0 -XX:+ExitOnOutOfMemoryError");
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
