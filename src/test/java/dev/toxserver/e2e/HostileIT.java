package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import dev.toxserver.protocol.Frames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile network does to a real server: others are served, and nothing grows. */
@Timeout(120)
class HostileIT {
  private static final int HUGE = 200_000_000;

  /** What the launcher gives a server; the jar would take a quarter of the machine. */
  private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");

  /** What 300,000 registrations would fill. */
  private static final Map<String, String> SMALLER_HEAP =
      Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m", "TOX_SERVER_JAVA_OPTS", "-Xmx48m");

  @TempDir Path folder;

  @Test
  void framesOf200MegabytesAreNeverTakenIn() throws Exception {
    try (Server server = Server.start(folder);
        BridgeSocket bystander = server.socket()) {
      assertThat(bystander.isAnswered()).isTrue();
      long before = Proc.residentBytes(server.pid());
      List<BridgeSocket> six = new ArrayList<>();
      for (int n = 0; n < 6; n++) {
        BridgeSocket each = server.socket();
        each.send(Buffer.buffer().appendInt(HUGE));
        six.add(each);
      }
      Buffer megabyte = Buffer.buffer(new byte[(int) Proc.MEGABYTE]);
      for (BridgeSocket each : six) {
        assertThatThrownBy(
                () -> {
                  for (int sent = 0; sent < HUGE; sent += megabyte.length()) {
                    each.send(megabyte);
                  }
                })
            .isInstanceOf(SocketException.class);
        each.close();
      }
      assertThat(bystander.isAnswered()).isTrue();
      long grown = Proc.residentBytes(server.pid()) - before;
      System.out.println("HostileIT: six huge frames: grew by " + grown / 1024 + " KiB");
      assertThat(grown).isLessThan(32 * Proc.MEGABYTE);
    }
  }

  @Test
  void framesThatAreNeverEndedHurtNobodyElse() throws Exception {
    Buffer unfinished =
        Buffer.buffer().appendInt(1024 * 1024).appendBytes(new byte[1024 * 1024 - 20]);
    hurtsNobodyElse(SMALL_HEAP, 200, attacker -> attacker.send(unfinished));
  }

  @Test
  void longRequestsAtOnceWhoseAnswersNobodyReadsHurtNobodyElse() throws Exception {
    String request =
        "{\"type\":\"send\",\"address\":\"tox.ping\",\"replyAddress\":\"%s\",\"body\":{}}"
            .formatted("r".repeat(900_000));
    hurtsNobodyElse(
        SMALL_HEAP,
        100,
        attacker -> {
          for (int n = 0; n < 8; n++) {
            attacker.send(request);
          }
        });
  }

  /** Another's ping waits while the server reads them: more would take long on a busy machine. */
  @Test
  void threeHundredRegistrationsOfEachOfAThousandConnectionsHurtNobodyElse() throws Exception {
    Buffer registrations = Buffer.buffer();
    for (int n = 0; n < 300; n++) {
      JsonObject frame =
          new JsonObject()
              .put("type", "register")
              .put("address", "tox.output." + n + "x".repeat(60));
      registrations.appendBuffer(Frames.encode(frame));
    }
    hurtsNobodyElse(SMALLER_HEAP, 1_000, attacker -> attacker.send(registrations));
  }

  private interface Attack {
    void by(BridgeSocket attacker) throws IOException;
  }

  /** A run that is under way and a ping of 128 KiB are served all the same. */
  private void hurtsNobodyElse(Map<String, String> heap, int times, Attack attack)
      throws Exception {
    String tox =
        Script.in(folder, "seq 2000 | while read n; do echo $n; sleep 0.001; done; exit 6");
    Queue<BridgeSocket> attackers = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try (Server server = Server.start(folder, heap, "--tox", tox);
        BridgeSocket bystander = server.socket()) {
      bystander.register("a");
      bystander.request("tox.run", new JsonObject("{\"id\":\"a\",\"args\":[]}"));
      assertThat(bystander.nextFrom("reply").getString("state")).isEqualTo("running");
      for (int n = 0; n < times; n++) {
        threads.execute(
            () -> {
              try {
                BridgeSocket attacker = server.socket();
                attackers.add(attacker);
                attack.by(attacker);
              } catch (IOException e) {
                // It is cut off already.
                return;
              }
            });
      }
      threads.shutdown();
      assertThat(linesOf(bystander)).isEqualTo(2_000);
      try (BridgeSocket other = server.socket()) {
        other.request("tox.ping", new JsonObject().put("x", "x".repeat(128 * 1024)));
        assertThat(other.nextFrom("reply").getInteger("running")).isNotNegative();
      }
      assertThat(server.isAlive()).isTrue();
    } finally {
      for (BridgeSocket attacker : attackers) {
        attacker.close();
      }
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whoSendsAByteAtATimeIsCutOffAtTheDeadline() throws Exception {
    try (Server server = Server.start(folder, "--auth-deadline", "1");
        BridgeSocket slow = new BridgeSocket(server.port())) {
      long start = System.nanoTime();
      slow.send(Buffer.buffer().appendInt(1_000));
      await("cut off")
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isRefusedAByte(slow));
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 5_000L);
    }
  }

  /** How many lines a run prints, which must end with 6. */
  private static long linesOf(BridgeSocket reader) throws IOException {
    long lines = 0;
    while (true) {
      JsonObject body = reader.next().getJsonObject("body");
      if ("output".equals(body.getString("type"))) {
        for (byte each : Base64.getDecoder().decode(body.getString("data"))) {
          lines += each == '\n' ? 1 : 0;
        }
      } else if ("exit".equals(body.getString("type"))) {
        assertThat(body.getInteger("returncode")).isEqualTo(6);
        return lines;
      }
    }
  }

  private static boolean isRefusedAByte(BridgeSocket slow) {
    try {
      slow.send(Buffer.buffer(new byte[] {' '}));
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
