package dev.toxserver.e2e;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Three NATS servers, each on a machine of a network, and what they say of themselves. */
final class NatsServers implements AutoCloseable {
  static final List<String> NAMES = List.of("n1", "n2", "n3");

  private final Path folder;
  private final Network network;
  private final Map<String, Process> servers = new HashMap<>();

  /** They have found each other when this returns. */
  NatsServers(Path folder, Network network) throws IOException {
    this.folder = folder;
    this.network = network;
    startAll();
    await().atMost(NatsTeam.LONG).until(() -> NAMES.stream().allMatch(this::isReady));
  }

  /** What hubs and runners are told of them. */
  List<String> options() {
    String urls =
        NAMES.stream()
            .map(name -> "nats://" + network.address(name) + ":4222")
            .collect(Collectors.joining(","));
    return List.of("--nats", urls);
  }

  void kill(String name) throws InterruptedException {
    servers.get(name).destroyForcibly().waitFor();
  }

  void killAll() throws InterruptedException {
    for (String name : NAMES) {
      kill(name);
    }
  }

  void startAll() throws IOException {
    for (String name : NAMES) {
      start(name);
    }
  }

  void start(String name) throws IOException {
    Path configuration = folder.resolve(name + ".conf");
    String routes =
        NAMES.stream()
            .map(other -> "nats://" + network.address(other) + ":6222")
            .collect(Collectors.joining(", "));
    Files.writeString(
        configuration,
        """
        server_name: %s
        listen: "0.0.0.0:4222"
        http: "0.0.0.0:8222"
        jetstream { store_dir: "%s" }
        cluster { name: faults, listen: "0.0.0.0:6222", routes: [ %s ] }
        """
            .formatted(name, folder.resolve("store-" + name), routes));
    List<String> command = List.of("nats-server", "-c", configuration.toString());
    servers.put(
        name,
        new ProcessBuilder(network.on(name, command))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
            .start());
  }

  /** Which server leads a stream. */
  String leader(String stream) throws IOException {
    return streams("n1").get(stream).getJsonObject("cluster").getString("leader");
  }

  /** Waits until one has caught up with the others, who may go on meanwhile. */
  void awaitHealthy(String name) {
    await()
        .atMost(NatsTeam.LONG)
        .ignoreExceptions()
        .until(() -> ask(name, "/healthz").getString("status").equals("ok"));
  }

  /** Waits until each replica of each stream has the same as the others. */
  void awaitAlike() {
    await()
        .atMost(NatsTeam.LONG)
        .ignoreExceptions()
        .until(
            () ->
                NAMES.stream().map(this::lastOfEach).distinct().count() == 1
                    && !lastOfEach("n1").isEmpty());
  }

  private Map<String, Long> lastOfEach(String server) {
    try {
      Map<String, Long> last = new HashMap<>();
      streams(server)
          .forEach((name, s) -> last.put(name, s.getJsonObject("state").getLong("last_seq")));
      return last;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, JsonObject> streams(String server) throws IOException {
    Map<String, JsonObject> streams = new HashMap<>();
    for (Object account : ask(server, "/jsz?streams=1").getJsonArray("account_details", none())) {
      for (Object stream : ((JsonObject) account).getJsonArray("stream_detail", none())) {
        streams.put(((JsonObject) stream).getString("name"), (JsonObject) stream);
      }
    }
    return streams;
  }

  private static JsonArray none() {
    return new JsonArray();
  }

  private boolean isReady(String name) {
    try {
      return !ask(name, "/jsz").getJsonObject("meta_cluster").getString("leader", "").isEmpty();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private JsonObject ask(String name, String path) throws IOException {
    List<String> command =
        List.of("curl", "-sf", "-m", "5", "http://" + network.address(name) + ":8222" + path);
    Process curl = new ProcessBuilder(network.on(name, command)).start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new JsonObject(answer);
  }

  /** Writes what each has said to a file of its own. */
  void write(Path into) throws IOException {
    for (String name : NAMES) {
      Files.copy(folder.resolve(name + ".log"), into.resolve(name + ".log"));
    }
  }

  @Override
  public void close() {
    servers.values().forEach(Process::destroyForcibly);
  }
}
