package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection may break; a run need not. */
class BrokenNetworkIT {
  private static final long MEGABYTE = 1024 * 1024;

  /** Half-open connections take the client 15 s each to notice. */
  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void fiftyMegabytesComeThroughTwentyCutsWithEveryByteOnceAndTheRightExitCode() throws Exception {
    String tox = Script.in(folder, "seq -w 1 6000000; echo err >&2; exit 7");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Server server = Server.start(folder, "--no-tee", "--tox", tox);
        Proxy proxy = new Proxy(server.port());
        JarProcess client = client(proxy, "run")) {
      for (int cut = 1; cut <= 20; cut++) {
        // 48 MB are 64 MB on the way: in base64.
        long next = proxy.delivered() + random.nextLong(3 * MEGABYTE);
        await("cut " + cut + " of seed " + seed)
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> proxy.delivered() >= next);
        if (cut == 7) {
          proxy.dropPackets();
        } else {
          proxy.cut();
        }
      }
      assertThat(client.exitCode(LONG)).as(client.err().text()).isEqualTo(7);
      // Two cuts may hit one connection, if the second comes at once.
      assertThat(proxy.accepted()).isGreaterThan(15);
      assertThat(sha256(client.out().bytes()))
          .as("seed %s, err %s", seed, client.err().text())
          .isEqualTo(sha256(expected()));
      assertThat(client.err().text()).containsOnlyOnce("err\n");
    }
  }

  @Test
  void aRunThatEndsWhileItsClientIsAwayGivesItsLastBytesAndItsExitCode() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(
            folder,
            "echo up; while [ ! -e %s ]; do sleep 0.02; done; echo late; exit 9".formatted(go));
    try (Server server = Server.start(folder, "--tox", tox);
        Proxy proxy = new Proxy(server.port());
        JarProcess client = client(proxy, "run")) {
      client.out().awaitText("up");
      proxy.goAway();
      Files.createFile(go);
      server.err().awaitText("ended with 9");
      proxy.comeBack();
      assertThat(client.exitCode()).isEqualTo(9);
      assertThat(client.out().text()).isEqualTo("up\nlate\n");
    }
  }

  @Test
  void aRunIsCancelledWhoseClientStaysAwayLongerThanTheGraceAndNothingIsLeft() throws Exception {
    String tox =
        Script.in(
            folder, "(setsid sleep 600 & echo $! > %s/pid); echo up; sleep 600".formatted(folder));
    try (Server server =
            Server.start(
                folder, "--reconnect-grace", "0.5", "--interrupt-grace", "0.3", "--tox", tox);
        Proxy proxy = new Proxy(server.port());
        JarProcess client = client(proxy, "--reconnect-timeout", "1", "run")) {
      client.out().awaitText("up");
      proxy.goAway();
      server.err().awaitText("its client has gone");
      server.err().awaitText("ended with");
      assertThat(Proc.isAlive(folder.resolve("pid"))).isFalse();
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.err().text()).contains("the run's result is unknown: ");
    }
  }

  @Test
  void aDetachedRunEndsByItselfAndItsLogsHaveEverything() throws Exception {
    Path go = folder.resolve("go");
    String tox =
        Script.in(
            folder,
            "seq -w 1 1000000; while [ ! -e %s ]; do sleep 0.02; done; echo end; exit 3"
                .formatted(go));
    try (Server server =
            Server.start(folder, "--no-tee", "--reconnect-grace", "0.2", "--tox", tox);
        JarProcess start = server.client("--detach", "run")) {
      assertThat(start.exitCode()).isZero();
      String id = start.out().text().strip();
      // Its client has been gone for longer than the grace when the second one is given up.
      try (JarProcess other = server.client("run")) {
        other.err().awaitText("queued");
        other.signal("KILL");
        server.err().awaitText("its client has gone");
      }
      Files.createFile(go);
      server.err().awaitText("run " + id + ": ended with 3");
      try (JarProcess logs = server.client("logs", id)) {
        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().text()).endsWith("1000000\nend\n").hasSize(8_000_004);
      }
      try (JarProcess attached = server.client("attach", id)) {
        assertThat(attached.exitCode()).isEqualTo(3);
        assertThat(attached.out().size()).isEqualTo(8_000_004);
      }
    }
  }

  private JarProcess client(Proxy proxy, String... args) throws IOException {
    String[] all = new String[args.length + 4];
    System.arraycopy(
        new String[] {"-h", "127.0.0.1", "-p", String.valueOf(proxy.port())}, 0, all, 0, 4);
    System.arraycopy(args, 0, all, 4, args.length);
    return new JarProcess(folder, Map.of(), all);
  }

  private static byte[] expected() throws IOException {
    return new ProcessBuilder("seq", "-w", "1", "6000000").start().getInputStream().readAllBytes();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
