package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner in a process of its own, as a user starts it, and what may happen to it. */
class RunnerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path here;
  private Path there;

  @BeforeEach
  void makeFolders() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
    there = Files.createDirectory(folder.resolve("there"));
  }

  @Test
  void aRunIsCarriedOutWhereItsLabelIsAndReadAsIfItWereHere() throws Exception {
    try (Server server = serve();
        JarProcess runner = runner(server.port(), "r1", "pwd; echo err >&2; exit 7")) {
      runner.err().awaitText("Joined the server");
      try (JarProcess client = server.client("--on", "here", "--on", "linux", "run")) {
        assertThat(client.exitCode()).as(client.err().text()).isEqualTo(7);
        assertThat(client.out().text()).isEqualTo(there.toRealPath() + "\n");
        assertThat(client.err().text()).contains("err\n");
      }
      assertThat(told(server, "status")).contains("RUNNER", "failed", "r1");
      assertThat(told(server, "runners")).contains("r1", "idle", "0/2", "here");
      runner.signal("TERM");
      assertThat(runner.exitCode()).isZero();
    }
  }

  @Test
  void aRunnerWithoutTheRunnersTokenIsToldWhatItNeedsAndLeaves() throws Exception {
    try (Server server = Server.start(here, "--tox", "true");
        JarProcess runner =
            new JarProcess(
                there,
                Map.of("TOX_SERVER_RUNNER_TOKEN", server.token()),
                "runner",
                "--join",
                "127.0.0.1:" + server.port())) {
      assertThat(runner.exitCode()).isEqualTo(1);
      assertThat(runner.err().text()).contains("tox-server: address: only runners that show");
    }
  }

  @Test
  void throughTwentyCutsEveryByteComesOnceAndTheRightExitCode() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Server server = serve();
        Proxy proxy = new Proxy(server.port());
        JarProcess runner = runner(proxy.port(), "r1", "seq -w 1 1000000; exit 7")) {
      runner.err().awaitText("Joined the server");
      try (JarProcess client = server.client("--on", "here", "run")) {
        for (int cut = 1; cut <= 20; cut++) {
          long next = client.out().size() + random.nextInt(300_000);
          await("cut " + cut + " of seed " + seed)
              .atMost(LONG)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> client.out().size() >= next);
          proxy.cut();
        }
        assertThat(client.exitCode(LONG)).as(client.err().text()).isEqualTo(7);
        assertThat(client.out().text()).as("seed %s", seed).isEqualTo(expected());
        assertThat(client.err().text()).contains("runner r1 is away", "runner r1 is back");
      }
    }
  }

  @Test
  void aRunnerThatIsKilledLosesItsRunAndNothingIsLeftAlive() throws Exception {
    try (Server server = serve();
        JarProcess runner = runner(server.port(), "r1", sleeper())) {
      runner.err().awaitText("Joined the server");
      try (JarProcess client = server.client("--on", "here", "run")) {
        client.out().awaitText("up");
        runner.signal("KILL");
        assertThat(client.exitCode()).isEqualTo(125);
        assertThat(client.err().text())
            .contains("the runner r1 is away", "the run is lost: the runner r1 was away for 2.0 s");
      }
      await().atMost(LONG).until(() -> !Proc.isAlive(there.resolve("pid")));
      assertThat(told(server, "status")).contains("lost");
    }
  }

  @Test
  void aRunnerThatIsFrozenForTooLongLosesItsRunAndEndsItWhenItGoesOn() throws Exception {
    try (Server server = serve();
        JarProcess runner = runner(server.port(), "r1", sleeper())) {
      runner.err().awaitText("Joined the server");
      try (JarProcess client = server.client("--on", "here", "run")) {
        client.out().awaitText("up");
        runner.signal("STOP");
        assertThat(client.exitCode(LONG)).isEqualTo(125);
      }
      runner.signal("CONT");
      await().atMost(LONG).until(() -> !Proc.isAlive(there.resolve("pid")));
      await().atMost(LONG).until(() -> isListedIdle(server));
    }
  }

  @Test
  void whenTheServerIsKilledTheRunIsEndedAndTheRunnerComesBackToTheNextOne() throws Exception {
    try (Proxy proxy = new Proxy(0)) {
      JarProcess runner;
      try (Server server = serve()) {
        proxy.leadTo(server.port());
        runner = runner(proxy.port(), "r1", sleeper());
        runner.err().awaitText("Joined the server");
        try (JarProcess client = server.client("--detach", "--on", "here", "run")) {
          assertThat(client.exitCode()).isZero();
        }
        await().atMost(LONG).until(() -> Files.exists(there.resolve("pid")));
        proxy.goAway();
        server.signal("KILL");
      }
      try (JarProcess left = runner;
          Server next = serve()) {
        proxy.leadTo(next.port());
        proxy.comeBack();
        await().atMost(LONG).until(() -> !Proc.isAlive(there.resolve("pid")));
        await().atMost(LONG).until(() -> isListedIdle(next));
        assertThat(told(next, "status")).contains("lost");
        assertThat(left.isAlive()).isTrue();
      }
    }
  }

  private boolean isListedIdle(Server server) throws Exception {
    return told(server, "runners").matches("(?s).*r1 +idle.*");
  }

  private static String told(Server server, String question) throws Exception {
    try (JarProcess client = server.client(question)) {
      assertThat(client.exitCode()).as(client.err().text()).isZero();
      client.out().awaitEnd();
      return client.out().text();
    }
  }

  private Server serve() throws IOException {
    return Server.start(
        here, "--tox", "true", "--runner-grace", "2", "--runner-token-file", token());
  }

  private String token() {
    return folder.resolve("runner-token").toString();
  }

  /** Says its process id, as what it has started does when it is to be ended. */
  private String sleeper() {
    return "(setsid sleep 600 & echo $! > %s/pid); echo up; sleep 600".formatted(there);
  }

  private JarProcess runner(int port, String name, String script) throws IOException {
    List<String> args =
        new ArrayList<>(List.of("runner", "--join", "127.0.0.1:" + port, "--name", name));
    args.addAll(List.of("--label", "here", "--jobs", "2", "--runner-token-file", token()));
    args.addAll(List.of("--runner-grace", "2", "--interrupt-grace", "0.3", "--no-tee"));
    args.addAll(List.of("--tox", Script.in(there, script)));
    return new JarProcess(there, Map.of(), args.toArray(String[]::new));
  }

  private static String expected() throws IOException {
    return new String(
        new ProcessBuilder("seq", "-w", "1", "1000000").start().getInputStream().readAllBytes());
  }
}
