package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.nats.NatsCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hubs and runners that share runs over NATS, and clients of theirs. The runners work in one
 * folder, and their tox is a shell: {@code run -c SCRIPT}. All that was started ends with it. For
 * several threads.
 */
final class NatsTeam implements AutoCloseable {
  static final Duration LONG = Captured.DEADLINE.multipliedBy(4);

  /** Between two looks that take a client each. */
  static final Duration PAUSE = Duration.ofMillis(300);

  private static final Map<String, String> TOKEN = Map.of("TOX_SERVER_TOKEN", "0123456789abcdef");

  private static final Map<String, String> RUNNERS_TOKEN =
      Map.of("TOX_SERVER_RUNNER_TOKEN", "fedcba9876543210");

  private static final Map<String, String> TOKENS = new HashMap<>(TOKEN);

  static {
    TOKENS.putAll(RUNNERS_TOKEN);
  }

  private final Path folder;
  private final Machines machines;
  private final Function<String, List<String>> nats;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Deque<Started> started = new ConcurrentLinkedDeque<>();

  /** Which ends with it, if it is its own. */
  private NatsCluster own;

  private record Started(String name, JarProcess process) {}

  /** Around a NATS server of its own, all on this machine; nobody is there yet. */
  static NatsTeam aroundOne(Path folder) throws IOException {
    NatsCluster nats = NatsCluster.start(Files.createDirectory(folder.resolve("nats")), 1);
    NatsTeam team = new NatsTeam(folder, Machines.THIS_ONE, List.of("--nats", nats.urls().get(0)));
    team.own = nats;
    return team;
  }

  /**
   * Nobody is there yet.
   *
   * @param nats what hubs and runners are told of NATS: options after their word
   */
  NatsTeam(Path folder, Machines machines, List<String> nats) throws IOException {
    this(folder, machines, name -> nats);
  }

  /** The same, each of whom is told something of its own. */
  NatsTeam(Path folder, Machines machines, Function<String, List<String>> nats) throws IOException {
    this.folder = folder;
    this.machines = machines;
    this.nats = nats;
    Files.createDirectories(work());
  }

  /** Where the runners work. */
  Path work() {
    return folder.resolve("work");
  }

  /**
   * Starts a hub that runs nothing itself; it listens when this returns. If it is started again,
   * its clients find it where it was.
   */
  Server hub(String name, String... args) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    List<String> all = new ArrayList<>(List.of("-b", machines.address(name), "--no-local"));
    all.addAll(nats.apply(name));
    Collections.addAll(all, args);
    Server hub =
        Server.startAt(
            ports.getOrDefault(name, 0),
            machines.on(name, JarProcess.command()),
            own,
            TOKENS,
            all.toArray(String[]::new));
    ports.put(name, hub.port());
    return keep(name, hub);
  }

  /**
   * Starts a runner for two runs at once, whose label is its name; it has joined when this returns.
   */
  JarProcess runner(String name, String... args) throws IOException {
    JarProcess runner = runner(name, nats.apply(name), args);
    runner.err().awaitText("Joined");
    return runner;
  }

  /** Starts a runner that dials a hub, which has it join or not. */
  JarProcess diallingRunner(Server hub, String name, String... args) throws IOException {
    return runner(name, List.of("--join", address(hub)), args);
  }

  private JarProcess runner(String name, List<String> where, String... args) throws IOException {
    List<String> all = new ArrayList<>(machines.on(name, JarProcess.command()));
    all.add("runner");
    all.addAll(where);
    all.addAll(List.of("--insecure", "--name", name, "--label", name, "--jobs", "2", "--no-tee"));
    all.addAll(List.of("--tox", "/bin/sh", "--interrupt-grace", "0.3", "--terminate-grace", "0.3"));
    Collections.addAll(all, args);
    return keep(name, new JarProcess(work(), RUNNERS_TOKEN, all));
  }

  /** Starts a client that was given these hubs, on the machine {@code client}. */
  JarProcess client(List<Server> hubs, String... args) throws IOException {
    String hosts = hubs.stream().map(NatsTeam::address).collect(Collectors.joining(","));
    List<String> all = new ArrayList<>(machines.on("client", JarProcess.command()));
    all.addAll(List.of("-h", hosts));
    Collections.addAll(all, args);
    return keep("client", new JarProcess(folder, TOKEN, all));
  }

  JarProcess client(Server hub, String... args) throws IOException {
    return client(List.of(hub), args);
  }

  /** What a client prints that leaves with 0. */
  String told(Server hub, String... args) throws Exception {
    JarProcess client = client(hub, args);
    int code = client.exitCode();
    if (code != 0) {
      throw new AssertionError(code + ": " + client.err().text());
    }
    return client.out().text();
  }

  /**
   * Waits until a client is told something, since hubs hear of each other's runs a moment later. A
   * hub that was cut off lets nobody in before NATS has a leader again, after half a minute.
   */
  void awaitTold(Server hub, String expected, String... args) {
    await()
        .alias(String.join(" ", args) + " tells " + expected)
        .atMost(LONG)
        .pollInterval(PAUSE)
        .untilAsserted(() -> assertThat(told(hub, args)).contains(expected));
  }

  private static String address(Server hub) {
    return hub.host() + ":" + hub.port();
  }

  /** Writes what each has said to a file of its own. */
  void write(Path into) throws IOException {
    int number = started.size();
    for (Started each : started) {
      Path file = into.resolve("%03d-%s.err".formatted(number--, each.name()));
      Files.write(file, each.process().err().bytes());
    }
  }

  private <T extends JarProcess> T keep(String name, T process) {
    started.push(new Started(name, process));
    return process;
  }

  /** What runs have started is gone, too, when this returns. */
  @Override
  public void close() {
    try {
      started.forEach(each -> each.process().close());
      await().atMost(LONG).until(() -> Proc.ofRunsIn(work()).isEmpty());
    } finally {
      closeOwn();
    }
  }

  private void closeOwn() {
    try {
      if (own != null) {
        own.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
