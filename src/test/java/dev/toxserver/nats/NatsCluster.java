package dev.toxserver.nats;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toxserver.protocol.NatsSubjects;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.Republish;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real NATS servers on loopback, one or three; they end with the tests. */
final class NatsCluster {
  private final Path folder;
  private final List<Integer> ports;
  private final List<Integer> clusterPorts;
  private final List<Process> servers = new ArrayList<>();

  private NatsCluster(Path folder, int size) throws IOException {
    this.folder = folder;
    this.ports = freePorts(2 * size);
    this.clusterPorts = ports.subList(size, 2 * size);
    for (int i = 0; i < size; i++) {
      servers.add(start(i));
    }
  }

  /** Starts them, and makes the stream of output, as often kept as there are servers. */
  static NatsCluster start(Path folder, int size) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nats-server")), "no nats-server is installed");
    NatsCluster cluster = new NatsCluster(folder, size);
    await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(cluster::makeStream);
    return cluster;
  }

  List<String> urls() {
    return ports.subList(0, servers.size()).stream().map(NatsCluster::url).toList();
  }

  /** Kills the server that leads the stream of output; which one that was. */
  int killLeader() throws Exception {
    String name =
        administer(
            streams ->
                streams.getStreamInfo(NatsSubjects.OUTPUT_STREAM).getClusterInfo().getLeader());
    int leader = Integer.parseInt(name.substring(1));
    kill(leader);
    return leader;
  }

  void killAll() throws Exception {
    for (int i = 0; i < servers.size(); i++) {
      kill(i);
    }
  }

  void restart(int index) throws IOException {
    servers.set(index, start(index));
  }

  void restartAll() throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      restart(i);
    }
  }

  void close() throws Exception {
    killAll();
  }

  private void kill(int index) throws InterruptedException {
    servers.get(index).destroyForcibly().waitFor();
  }

  private boolean makeStream() throws Exception {
    StreamConfiguration output =
        StreamConfiguration.builder()
            .name(NatsSubjects.OUTPUT_STREAM)
            .subjects(NatsSubjects.OUTPUT)
            .republish(new Republish(NatsSubjects.OUTPUT, NatsSubjects.LIVE, false))
            .replicas(servers.size())
            .discardPolicy(DiscardPolicy.New)
            .maxBytes(64 << 20)
            .allowDirect(true)
            .build();
    return administer(streams -> streams.addStream(output)) != null;
  }

  private interface Administration<T> {
    T of(JetStreamManagement streams) throws Exception;
  }

  private <T> T administer(Administration<T> work) throws Exception {
    Connection connection = Nats.connect(String.join(",", urls()));
    try {
      return work.of(connection.jetStreamManagement());
    } finally {
      connection.close();
    }
  }

  private Process start(int index) throws IOException {
    Path configuration = folder.resolve(index + ".conf");
    Files.writeString(configuration, configuration(index));
    return new ProcessBuilder("/usr/sbin/nats-server", "-c", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(index + ".log").toFile()))
        .start();
  }

  private String configuration(int index) {
    String own =
        """
        server_name: n%d
        listen: 127.0.0.1:%d
        jetstream { store_dir: "%s" }
        """
            .formatted(index, ports.get(index), folder.resolve("store" + index));
    return clusterPorts.size() == 1
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

  /** A server of a cluster has to know the ports of the others before it begins. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
    for (int i : IntStream.range(0, count).toArray()) {
      sockets.get(i).close();
    }
    return ports;
  }
}
