package dev.toxserver.nats;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.config.NatsConfig;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real NATS servers on loopback, one or three; they end with {@link #close}. */
public final class NatsCluster {
  private static final Duration DEADLINE = Duration.ofSeconds(40);

  private final Path folder;
  private final Start start;
  private final List<Integer> ports;
  private final List<Integer> clusterPorts;
  private final List<Process> servers = new ArrayList<>();

  /** How each server is started. */
  private interface Start {
    List<String> of(NatsCluster cluster, int index) throws IOException;
  }

  private NatsCluster(Path folder, int size, Start start) throws IOException {
    this.folder = folder;
    this.start = start;
    List<Integer> free = FreePorts.find(2 * size);
    this.ports = free.subList(0, size);
    this.clusterPorts = free.subList(size, 2 * size);
    for (int i = 0; i < size; i++) {
      servers.add(start(i));
    }
  }

  /**
   * Starts them and waits until JetStream answers; skips the test where there is no NATS.
   *
   * @param folder for what they store
   * @param size 1 or 3
   */
  public static NatsCluster start(Path folder, int size) throws IOException {
    NatsCluster cluster = start(folder, size, "");
    cluster.awaitJetStream();
    return cluster;
  }

  /** The same with more lines in each server's configuration, and without waiting. */
  public static NatsCluster start(Path folder, int size, String more) throws IOException {
    return of(folder, size, (cluster, index) -> cluster.written(index, more));
  }

  /**
   * Starts them with the configuration that we ship, whose passwords are the users' names, at other
   * ports; and waits until they answer.
   */
  public static NatsCluster startShipped(Path folder, int size) throws IOException {
    NatsCluster cluster = of(folder, size, NatsCluster::shipped);
    cluster.awaitJetStream();
    return cluster;
  }

  private static NatsCluster of(Path folder, int size, Start start) throws IOException {
    assumeTrue(program().isPresent(), "no nats-server on PATH or in /usr/sbin");
    return new NatsCluster(folder, size, start);
  }

  /** Debian has it where other users' PATH does not lead. */
  private static Optional<Path> program() {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
        .map(each -> Path.of(each, "nats-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Each server's URL. */
  public List<String> urls() {
    return ports.stream().map(NatsCluster::url).toList();
  }

  /** For a hub or a runner: as many replicas as there are servers. */
  public NatsConfig config() {
    return config(Optional.empty());
  }

  /** The same for one of the users of the configuration that we ship. */
  public NatsConfig config(String user) {
    return config(Optional.of(new NatsConfig.Login(user, user)));
  }

  private NatsConfig config(Optional<NatsConfig.Login> login) {
    return new NatsConfig(
        urls(),
        login,
        Optional.empty(),
        new NatsConfig.Store(ports.size(), false, 64 << 20, 3_600_000));
  }

  /** The server that leads a stream. */
  public int leader(String stream) throws Exception {
    String name = administer(streams -> streams.getStreamInfo(stream).getClusterInfo().getLeader());
    return Integer.parseInt(name.substring(1));
  }

  /** Ends one at once. */
  public void kill(int index) throws InterruptedException {
    servers.get(index).destroyForcibly().waitFor();
  }

  /** Ends a test: first what is connected to the servers, and then those, if they were started. */
  public static void end(Vertx vertx, NatsCluster started) throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    if (started != null) {
      started.close();
    }
  }

  /** Ends all. */
  public void close() throws InterruptedException {
    killAll();
  }

  /** Ends all of them at once. */
  public void killAll() throws InterruptedException {
    for (int i = 0; i < servers.size(); i++) {
      kill(i);
    }
  }

  /** Stops one, which keeps its connections and says nothing. */
  public void stop(int index) throws Exception {
    signal("STOP", index);
  }

  /** Lets one that was stopped go on. */
  public void proceed(int index) throws Exception {
    signal("CONT", index);
  }

  /** Has one read its configuration anew, in which there are other lines now. */
  public void reload(int index, String more) throws Exception {
    written(index, more);
    signal("HUP", index);
  }

  /** Starts one again with what it has stored. */
  public void restart(int index) throws IOException {
    servers.set(index, start(index));
  }

  /** Starts all of them again with what they have stored. */
  public void restartAll() throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      restart(i);
    }
  }

  /** What one has said. */
  public String log(int index) throws IOException {
    return Files.readString(folder.resolve(index + ".log"));
  }

  private void awaitJetStream() {
    await()
        .atMost(DEADLINE)
        .ignoreExceptions()
        .until(() -> administer(JetStreamManagement::getAccountStatistics) != null);
  }

  private void signal(String name, int index) throws Exception {
    String pid = Long.toString(servers.get(index).pid());
    new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
  }

  /** What is done to streams by NATS' own means. */
  public interface Administration<T> {
    T of(JetStreamManagement streams) throws Exception;
  }

  /** Does something to the streams, on a connection of its own. */
  public <T> T administer(Administration<T> work) throws Exception {
    Options options =
        new Options.Builder()
            .servers(urls().toArray(String[]::new))
            .userInfo("hub", "hub")
            .errorListener(new NatsEvents())
            .build();
    Connection connection = Nats.connect(options);
    try {
      return work.of(connection.jetStreamManagement());
    } finally {
      connection.close();
    }
  }

  private Process start(int index) throws IOException {
    List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
    command.addAll(start.of(this, index));
    ProcessBuilder server = new ProcessBuilder(command).redirectErrorStream(true);
    for (String user : List.of("hub", "r1", "r2", "observer", "route")) {
      server.environment().put("TOX_NATS_" + user.toUpperCase(Locale.ROOT), user);
    }
    return server
        .directory(Files.createDirectories(folder.resolve("store" + index)).toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(index + ".log").toFile()))
        .start();
  }

  private List<String> written(int index, String more) throws IOException {
    Path configuration = folder.resolve(index + ".conf");
    Files.writeString(configuration, configuration(index, more));
    return List.of("-c", configuration.toString());
  }

  private List<String> shipped(int index) {
    String file = ports.size() == 1 ? "one.conf" : "three.conf";
    List<String> flags =
        new ArrayList<>(List.of("-c", Path.of("conf", "nats", file).toAbsolutePath().toString()));
    flags.addAll(List.of("--name", "n" + index, "-a", "127.0.0.1", "-p", "" + ports.get(index)));
    if (ports.size() > 1) {
      flags.addAll(List.of("--cluster", "nats://route:route@127.0.0.1:" + clusterPorts.get(index)));
      flags.addAll(
          List.of("--routes", routes().replace("://", "://route:route@").replace(" ", "")));
    }
    return flags;
  }

  private String configuration(int index, String more) {
    String own =
        """
        server_name: n%d
        listen: 127.0.0.1:%d
        jetstream { store_dir: "%s" }
        %s
        """
            .formatted(index, ports.get(index), folder.resolve("store" + index), more);
    return ports.size() == 1
        ? own
        : own
            + "cluster { name: tests, listen: 127.0.0.1:%d, routes: [ %s ] }\n"
                .formatted(clusterPorts.get(index), routes());
  }

  private String routes() {
    return clusterPorts.stream().map(NatsCluster::url).collect(Collectors.joining(", "));
  }

  private static String url(int port) {
    return "nats://127.0.0.1:" + port;
  }
}
