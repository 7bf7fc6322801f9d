package dev.toxserver.server;

import static org.awaitility.Awaitility.await;

import dev.toxserver.config.AllowedVariables;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.nats.NatsCluster;
import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.FactJson;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.NatsSubjects;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.runner.nats.NatsVerticle;
import dev.toxserver.runner.placed.Offer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Servers and runners that share their runs over a real NATS, each as in a process of its own. */
final class SharedTeam {
  /** So long a runner goes on without NATS. */
  private static final long AWAY_MILLIS = 5_000;

  private static final ServerConfig.Patience PATIENCE =
      new ServerConfig.Patience(60_000, 1_000, 60_000);

  private static final ServerConfig.Patience IMPATIENCE =
      new ServerConfig.Patience(60_000, 1_000, 1_000);

  private final NatsCluster nats;
  private final NatsConfig config;
  private final List<Vertx> processes = new ArrayList<>();
  private final Map<ServerVerticle, Vertx> hubs = new HashMap<>();
  private final Map<String, Vertx> runners = new HashMap<>();
  private final List<TestClient> clients = new ArrayList<>();

  private SharedTeam(NatsCluster nats, NatsConfig config) {
    this.nats = nats;
    this.config = config;
  }

  static SharedTeam start(Path folder) throws IOException {
    return start(folder, 64 << 20);
  }

  /** One that has only so much room for output. */
  static SharedTeam start(Path folder, int outputBytes) throws IOException {
    NatsCluster nats = NatsCluster.start(folder, 1);
    NatsConfig config = nats.config();
    return new SharedTeam(
        nats,
        new NatsConfig(
            config.servers(),
            config.login(),
            config.tls(),
            new NatsConfig.Store(1, false, outputBytes, config.store().ageMillis())));
  }

  /** A server that waits for clients for as long as a test may take. */
  ServerVerticle hub() throws Exception {
    return hub(TestConfig.server(PATIENCE));
  }

  /** A server with other settings. */
  ServerVerticle hub(ServerConfig settings) throws Exception {
    return hub(config, settings);
  }

  /** One that waits for them for a second. */
  ServerVerticle impatientHub() throws Exception {
    return hub(config, TestConfig.server(IMPATIENCE));
  }

  /** The same, which reaches NATS at this port. */
  ServerVerticle impatientHub(int natsPort) throws Exception {
    NatsConfig behind =
        new NatsConfig(
            List.of("nats://127.0.0.1:" + natsPort), config.login(), config.tls(), config.store());
    return hub(behind, TestConfig.server(IMPATIENCE));
  }

  private ServerVerticle hub(NatsConfig nats, ServerConfig settings) throws Exception {
    Vertx vertx = process();
    ServerVerticle server = new ServerVerticle(TestConfig.sharing(settings, nats));
    vertx.deployVerticle(server).await(30, TimeUnit.SECONDS);
    hubs.put(server, vertx);
    return server;
  }

  /** A runner whose tox is a shell: what is run are its arguments. */
  void runner(String name, int capacity) throws Exception {
    runner(name, capacity, Labels.NONE, 500);
  }

  private void runner(String name, int capacity, Labels labels, long graceMillis) throws Exception {
    Vertx vertx = process();
    runners.put(name, vertx);
    RunnerConfig config =
        new RunnerConfig(
            "sh",
            System.getenv(),
            false,
            graceMillis,
            graceMillis,
            65_536,
            AllowedVariables.ALL,
            true);
    RunnerName runner = new RunnerName(name);
    Offer offer =
        new Offer(
            runner, "test", labels, capacity, config.windowBytes(), config.goneMillis(AWAY_MILLIS));
    vertx
        .deployVerticle(new ToxRunnerVerticle(new RunnerAddresses(runner), config))
        .compose(ready -> vertx.deployVerticle(new NatsVerticle(this.config, offer, AWAY_MILLIS)))
        .await(30, TimeUnit.SECONDS);
  }

  /** The same, and waits until a server knows it. */
  void runner(String name, int capacity, ServerVerticle server) throws Exception {
    runner(name, capacity);
    awaitKnown(name, server);
  }

  /** One that gives what it cancels 30 s to end. */
  void patientRunner(String name, ServerVerticle server) throws Exception {
    runner(name, 1, Labels.NONE, 30_000);
    awaitKnown(name, server);
  }

  /** One that has labels. */
  void runner(String name, Labels labels, ServerVerticle server) throws Exception {
    runner(name, 1, labels, 500);
    awaitKnown(name, server);
  }

  private static void awaitKnown(String name, ServerVerticle server) throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      await()
          .until(
              () ->
                  client
                      .answer("tox.runners", new JsonObject())
                      .encode()
                      .contains("\"" + name + "\""));
    }
  }

  /** NATS has lost what was decided, and has this in its place. */
  void overwrite(Fact fact) throws Exception {
    String key = NatsSubjects.entry(NatsSubjects.RUNS_BUCKET, fact.key());
    Stored written = Stored.of(key, FactJson.encode(fact).toBuffer());
    NatsLink.connect(process(), config, "loses-writes")
        .compose(link -> link.put(written))
        .await(30, TimeUnit.SECONDS);
  }

  /** Ends a runner's process. */
  void killRunner(String name) throws Exception {
    Vertx process = runners.get(name);
    processes.remove(process);
    process.close().await(30, TimeUnit.SECONDS);
  }

  /** Ends a server's process, which says so to the other servers alone. */
  void kill(ServerVerticle server) throws Exception {
    leave(server).await(30, TimeUnit.SECONDS);
  }

  /** The same; completes when it has ended. */
  Future<?> leave(ServerVerticle server) {
    Vertx process = hubs.get(server);
    processes.remove(process);
    return process.close();
  }

  /** One of a server's clients, for as long as the team is there. */
  TestClient client(ServerVerticle server) throws IOException {
    TestClient client = new TestClient(server.port());
    clients.add(client);
    return client;
  }

  NatsCluster nats() {
    return nats;
  }

  /** A request for a run of a script. */
  static JsonObject script(String id, String script) {
    return new JsonObject().put("id", id).put("args", new JsonArray().add("-c").add(script));
  }

  private Vertx process() {
    Vertx vertx = Vertx.vertx();
    processes.add(vertx);
    return vertx;
  }

  void close() throws Exception {
    for (TestClient client : clients) {
      client.close();
    }
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close().await(30, TimeUnit.SECONDS);
    }
    nats.close();
  }
}
