package dev.toxserver.server.trace;

import dev.toxserver.OtlpReceiver;
import dev.toxserver.config.TraceExport;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.TestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that exports spans, a runner that does what the test says, and the collector. */
final class TracedServer implements AutoCloseable {
  final OtlpReceiver collector = new OtlpReceiver();
  final FakeRunner runner;

  TracedServer(Vertx vertx) throws IOException {
    runner = new FakeRunner(vertx);
  }

  /** Deploys it, with these variables beside the endpoint, and returns a client of it. */
  TestClient serve(Map<String, String> more) throws Exception {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    Optional<TraceExport> tracing = TraceExport.from(variables, "test");
    return new TestClient(runner.deploy(TestConfig.tracing(tracing)).port());
  }

  /** What is asked for a run that needs no client. */
  static JsonObject run(String id, String... args) {
    return new JsonObject()
        .put("id", id)
        .put("args", new JsonArray(List.of(args)))
        .put("detach", true);
  }

  @Override
  public void close() {
    collector.close();
  }
}
