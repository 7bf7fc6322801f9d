package dev.toxserver.server.trace;

import static dev.toxserver.OtlpReceiver.attributes;
import static dev.toxserver.OtlpReceiver.hex;
import static dev.toxserver.server.trace.TracedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.OtlpReceiver;
import dev.toxserver.server.FakeRunner;
import dev.toxserver.server.TestClient;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a collector is told of runs, and what their runner is told of their spans. */
@ExtendWith(VertxExtension.class)
class TracedRunsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private TracedServer server;
  private OtlpReceiver collector;
  private FakeRunner runner;

  @BeforeEach
  void collect(Vertx vertx) throws Exception {
    server = new TracedServer(vertx);
    collector = server.collector;
    runner = server.runner;
  }

  @AfterEach
  void leave() {
    server.close();
  }

  @Test
  void aRunIsASpanFromItsAcceptanceToItsEnd() throws Exception {
    long before = System.currentTimeMillis();
    try (TestClient client = server.serve(Map.of())) {
      client.run(run("a", "-e", "py311,lint", "--", "-k", "secret"));
      JsonObject order = runner.nextStart();
      runner.exit("a", 0, 0);
      ResourceSpans sent = collector.next().getResourceSpans(0);
      Span span = sent.getScopeSpans(0).getSpans(0);

      assertThat(attributes(sent.getResource().getAttributesList()))
          .isEqualTo(Map.of("service.name", "tox-server", "service.version", "test"));
      assertThat(order.getString("traceparent"))
          .isEqualTo("00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId()) + "-01");
      assertThat(span.getParentSpanId()).isEmpty();
      assertThat(span.getName()).isEqualTo("tox run");
      assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
      assertThat(attributes(span.getAttributesList()))
          .isEqualTo(
              Map.of(
                  "process.executable.name", "tox",
                  "process.exit.code", "0",
                  "cicd.pipeline.task.name", "tox run",
                  "cicd.pipeline.task.type", "test",
                  "cicd.pipeline.task.run.id", "a",
                  "cicd.pipeline.task.run.result", "success",
                  "cicd.worker.name", "local",
                  "tox.environments", "py311,lint"));
      assertThat(span.getStartTimeUnixNano() / 1_000_000).isBetween(before, now());
      assertThat(span.getEndTimeUnixNano() / 1_000_000).isBetween(before, now());
      assertThat(span.getEventsList()).extracting(Span.Event::getName).containsExactly("started");
      assertThat(span.getEvents(0).getTimeUnixNano() / 1_000_000).isBetween(before, now());
    }
  }

  @Test
  void aClientThatIsInASpanHasItsRunsWithinThat() throws Exception {
    try (TestClient client = server.serve(Map.of())) {
      client.run(
          run("a")
              .put(
                  "env",
                  new JsonObject()
                      .put("TRACEPARENT", "00-" + TRACE + "-" + PARENT + "-01")
                      .put("TRACESTATE", "a=1")));
      JsonObject order = runner.nextStart();
      runner.exit("a", 0, 0);
      Span span = collector.nextSpan();

      assertThat(hex(span.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(span.getParentSpanId())).isEqualTo(PARENT);
      assertThat(span.getTraceState()).isEqualTo("a=1");
      assertThat(order.getString("traceparent"))
          .isEqualTo("00-" + TRACE + "-" + hex(span.getSpanId()) + "-01");
      assertThat(order.getString("tracestate")).isEqualTo("a=1");
    }
  }

  @Test
  void oneThatIsNotRecordedIsHandedOnAndNotExported() throws Exception {
    try (TestClient client = server.serve(Map.of())) {
      client.run(
          run("a")
              .put(
                  "env",
                  new JsonObject().put("TRACEPARENT", "00-" + TRACE + "-" + PARENT + "-00")));
      assertThat(runner.nextStart().getString("traceparent"))
          .startsWith("00-" + TRACE)
          .endsWith("-00");
      runner.exit("a", 0, 0);
      client.run(run("b").put("env", new JsonObject().put("TRACEPARENT", "nonsense")));
      runner.nextStart();
      runner.exit("b", 0, 0);
      Span only = collector.nextSpan();
      assertThat(attributes(only.getAttributesList()))
          .containsEntry("cicd.pipeline.task.run.id", "b");
      assertThat(only.getParentSpanId()).isEmpty();
    }
  }

  @Test
  void headersGoWithEachRequest() throws Exception {
    try (TestClient client = server.serve(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b"))) {
      client.run(run("a"));
      runner.exit("a", 0, 0);
      assertThat(collector.nextHeaders())
          .containsEntry("X-key", List.of("a b"))
          .containsEntry("Content-type", List.of("application/json"));
    }
  }

  @Test
  void theLastSpansAreOutWhenTheServerHasLeft() throws Exception {
    try (TestClient client = server.serve(Map.of())) {
      for (String id : List.of("a", "b", "c")) {
        client.run(run(id));
        runner.nextStart();
        runner.exit(id, 0, 0);
      }
      client.settle();
    }
    runner.undeploy();
    int spans = 0;
    while (collector.waiting() > 0) {
      spans += collector.next().getResourceSpans(0).getScopeSpans(0).getSpansCount();
    }
    assertThat(spans).isEqualTo(3);
  }

  @Test
  void withoutAnEndpointNothingIsAddedToAnOrder(Vertx vertx) throws Exception {
    try (TestClient client = new TestClient(runner.deployServer(1, 1))) {
      client.run(
          run("a")
              .put(
                  "env",
                  new JsonObject().put("TRACEPARENT", "00-" + TRACE + "-" + PARENT + "-01")));
      JsonObject order = runner.nextStart();
      assertThat(order.fieldNames()).containsExactlyInAnyOrder("run", "nextSeq");
      assertThat(order.getJsonObject("run").getJsonObject("env").getString("TRACEPARENT"))
          .isEqualTo("00-" + TRACE + "-" + PARENT + "-01");
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
