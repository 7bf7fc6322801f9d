package dev.toxserver.e2e;

import dev.toxserver.client.ClientVerticle;
import dev.toxserver.client.Outcome;
import dev.toxserver.client.Terminal;
import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.ClientToken;
import dev.toxserver.config.Environment;
import dev.toxserver.config.HostPort;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real client verticle in the test's own JVM: for many runs, without as many JVM starts. */
final class LocalClient implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final ClientConfig config;

  /** What came of a run. */
  record Result(Outcome outcome, String out, String err) {}

  LocalClient(Server server) throws IOException {
    config =
        new ClientConfig(
            List.of(new HostPort("127.0.0.1", server.port())),
            Optional.empty(),
            Optional.empty(),
            tokenOf(server),
            Optional.empty(),
            30_000);
  }

  private static ClientToken tokenOf(Server server) throws IOException {
    Map<String, String> variables = Map.of(Setting.TOKEN.variable(), server.token());
    return ClientToken.from(new Settings(Map.of(), variables, Map.of()), Environment.ofProcess());
  }

  Result run(String... args) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(new StandardStream("out", out), new StandardStream("err", err), false, false);
    Request request = new Request.Run(RunId.random(), List.of(args), Optional.empty());
    ClientVerticle client = new ClientVerticle(config, request, terminal, Optional.empty());
    String deployment = get(vertx.deployVerticle(client));
    Outcome outcome = get(client.outcome());
    get(vertx.undeploy(deployment));
    return new Result(
        outcome, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Captured.DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }
}
