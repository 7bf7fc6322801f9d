package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three NATS servers, two hubs and two runners, each on a machine of its own, for one test. After
 * it, all hubs that live must tell the same of all runs, none of which may be under way, and
 * nothing may live that a run has started. What all have said is kept of a test that fails.
 */
final class NatsScene implements BeforeEachCallback, AfterEachCallback {
  /** So many seconds a runner goes on unheard: longer than all servers are away, and elect. */
  private static final String GRACE = "25";

  /** For half a minute and more, so that much can happen meanwhile. */
  static final String TICKS =
      "echo x >> begun; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo $i; sleep 0.01; done; exit 7";

  /** Writes when it was last alive, in milliseconds. */
  static final String ALIVE =
      "echo x >> begun; echo up; while :; do date +%s%3N > alive; sleep 0.2; done";

  /** Goes on until a file is there. */
  static final String UNTIL_GO =
      "echo x >> begun; echo up; until [ -e go ]; do sleep 0.1; done; exit 7";

  private final Map<String, Server> hubs = new ConcurrentHashMap<>();
  private final Map<String, JarProcess> runners = new ConcurrentHashMap<>();
  private Path folder;
  private Network network;
  private NatsServers nats;
  private NatsTeam team;

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    assumeTrue(Network.isPossible(), "no network namespaces can be made here");
    folder = Files.createTempDirectory("faults");
    network = new Network("n1", "n2", "n3", "h1", "h2", "r1", "r2", "client");
    nats = new NatsServers(Files.createDirectory(folder.resolve("nats")), network);
    team = new NatsTeam(folder, network, nats.options());
    startHub("h1");
    startHub("h2");
    startRunner("r1");
    startRunner("r2");
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    boolean hasFailed = true;
    try {
      if (test.getExecutionException().isEmpty() && team != null) {
        awaitTruth();
        hasFailed = false;
      }
    } finally {
      close(hasFailed ? test.getDisplayName().replaceAll("\\W", "") : "");
    }
  }

  NatsTeam team() {
    return team;
  }

  NatsServers nats() {
    return nats;
  }

  Network network() {
    return network;
  }

  /** A file in the folder in which the runners work. */
  Path file(String name) {
    return team.work().resolve(name);
  }

  /** h1 or h2. */
  Server hub(String name) {
    return hubs.get(name);
  }

  /** Both. */
  List<Server> hubs() {
    return List.of(hub("h1"), hub("h2"));
  }

  /** r1 or r2. */
  JarProcess runner(String name) {
    return runners.get(name);
  }

  /** Starts it, or starts it again. */
  void startHub(String name) throws Exception {
    hubs.put(
        name,
        team.hub(
            name,
            "--nats-replicas",
            "3",
            "--runner-grace",
            GRACE,
            "--interrupt-grace",
            "0.3",
            "--terminate-grace",
            "0.3"));
  }

  /** Starts it, or starts it again. */
  void startRunner(String name) throws Exception {
    runners.put(name, team.runner(name, "--runner-grace", GRACE));
  }

  /** That hub and that runner carry a run out that is asked for now. */
  void assertTakesRuns(String hub, String runner) throws Exception {
    JarProcess next = team.client(hub(hub), "--on", runner, "run", "-c", "exit 9");
    assertThat(next.exitCode(NatsTeam.LONG)).as(next.err().text()).isEqualTo(9);
  }

  /** All that {@link #TICKS} printed came, once, and it ran once. */
  void assertWhole(JarProcess run) throws Exception {
    assertThat(run.exitCode(NatsTeam.LONG)).as(run.err().text()).isEqualTo(7);
    assertThat(run.out().text())
        .isEqualTo(
            IntStream.rangeClosed(1, 3000)
                .mapToObj(line -> line + "\n")
                .collect(Collectors.joining()));
    assertThat(file("begun")).hasContent("x");
  }

  /** What a hub tells of each run: its state, and with which code it has ended. */
  Map<String, String> status(Server hub) throws Exception {
    JsonArray runs = new JsonObject(team.told(hub, "status", "--json")).getJsonArray("runs");
    Map<String, String> status = new TreeMap<>();
    for (Object each : runs) {
      JsonObject run = (JsonObject) each;
      status.put(run.getString("id"), run.getString("state") + " " + run.getValue("returncode"));
    }
    return status;
  }

  private void awaitTruth() {
    List<Server> living = hubs().stream().filter(Server::isAlive).toList();
    await()
        .alias("all hubs tell the same, and no run is under way")
        .atMost(NatsTeam.LONG)
        .pollInterval(NatsTeam.PAUSE)
        .untilAsserted(
            () -> {
              Map<String, String> told = status(living.get(0));
              assertThat(told.values())
                  .noneMatch(state -> state.startsWith("running") || state.startsWith("queued"));
              for (Server other : living) {
                assertThat(status(other)).isEqualTo(told);
              }
            });
    await()
        .alias("nothing lives that a run has started")
        .atMost(NatsTeam.LONG)
        .untilAsserted(() -> assertThat(Proc.ofRunsIn(team.work())).isEmpty());
  }

  private void close(String failed) throws Exception {
    Network machines = network;
    NatsServers servers = nats;
    NatsTeam all = team;
    try (machines;
        servers;
        all) {
      if (!failed.isEmpty()) {
        keep(failed);
      }
    }
    if (folder != null) {
      delete(folder);
    }
  }

  private void keep(String test) throws IOException {
    Path kept = Path.of(System.getProperty("tox-server.jar")).resolveSibling("faults");
    kept = kept.resolve(test + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    Files.createDirectories(kept);
    if (team != null) {
      team.write(kept);
    }
    if (nats != null) {
      nats.write(kept);
    }
    System.err.println("What all have said is in " + kept);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
