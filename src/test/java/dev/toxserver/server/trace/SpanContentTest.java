package dev.toxserver.server.trace;

import static dev.toxserver.OtlpReceiver.attributes;
import static dev.toxserver.server.trace.TracedServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.Warnings;
import dev.toxserver.config.TraceExport;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.UserSide;
import dev.toxserver.server.TestClient;
import dev.toxserver.server.journal.RunRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What spans tell of runs that did not just pass, and what they leave out. */
@ExtendWith(VertxExtension.class)
class SpanContentTest {
  private TracedServer server;

  @BeforeEach
  void collect(Vertx vertx) throws Exception {
    server = new TracedServer(vertx);
  }

  @AfterEach
  void leave() {
    server.close();
  }

  @Test
  void whatFailedIsAnErrorWithTheTestsThatFailed() throws Exception {
    FailedTest test =
        new FailedTest("test_a", Optional.of("a.py"), OptionalInt.of(3), "secret == 1");
    try (TestClient client = server.serve(Map.of())) {
      client.run(run("a"));
      server.runner.nextStart();
      server.runner.publish("a", new RunEvent.Results(0, failed(Collections.nCopies(30, test))));
      server.runner.publish("a", new RunEvent.Exit(1, 1, false, Optional.of(5L), Optional.empty()));
      Span span = server.collector.nextSpan();

      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(attributes(span.getAttributesList()))
          .containsEntry("process.exit.code", "1")
          .containsEntry("error.type", "failed")
          .containsEntry("cicd.pipeline.task.run.result", "failure")
          .containsEntry("tox.environments", "py");
      assertThat(span.getEventsCount()).isEqualTo(21);
      assertThat(span.getDroppedEventsCount()).isEqualTo(10);
      assertThat(attributes(span.getEvents(1).getAttributesList()))
          .isEqualTo(
              Map.of(
                  "test.case.name", "test_a",
                  "test.case.result.status", "fail",
                  "code.file.path", "a.py",
                  "code.line.number", "3"));
    }
  }

  @Test
  void aRunThatWasCancelledWhileItWaitedNeverStarted() throws Exception {
    try (TestClient client = server.serve(Map.of())) {
      client.run(run("a"));
      client.run(run("b").put("matrix", new JsonObject().put("id", "m").put("environment", "py")));
      client.answer("tox.cancel", new JsonObject().put("id", "b"));
      Span span = server.collector.nextSpan();

      assertThat(span.getEventsList()).isEmpty();
      assertThat(attributes(span.getAttributesList()))
          .containsEntry("cicd.pipeline.run.id", "m")
          .containsEntry("error.type", "cancelled")
          .containsEntry("cicd.pipeline.task.run.result", "cancellation")
          .doesNotContainKey("cicd.worker.name");
    }
  }

  @Test
  void argumentsAreToldOnlyIfThatIsWanted() throws Exception {
    try (TestClient client = server.serve(Map.of("TOX_SERVER_TRACE_ARGS", "true"))) {
      client.run(
          new JsonObject()
              .put("id", "a")
              .put("detach", true)
              .put("program", new JsonArray().add("/bin/ls").add("x".repeat(3_000))));
      server.runner.nextStart();
      server.runner.exit("a", 0, 0);
      Span span = server.collector.nextSpan();

      assertThat(span.getName()).isEqualTo("ls");
      assertThat(attributes(span.getAttributesList()))
          .containsEntry("process.command_args", "/bin/ls,…")
          .doesNotContainKeys("cicd.pipeline.task.type", "tox.environments");
    }
  }

  @Test
  void aProgramThatIsNoPathWhereTheServerIsHasANameAllTheSame(Vertx vertx) {
    TraceExport export = export();
    Request.Run request = exec("/bin/\ud800" + "x".repeat(3_000));
    JsonObject span =
        new SpanJson(export, "test")
            .span(
                new Tracer(vertx, export, "test").begin(request),
                RunRecord.accepted(request, Optional.empty()));

    assertThat(span.getString("name"))
        .startsWith("?xx")
        .hasSizeLessThanOrEqualTo(RunResults.MOST_CHARACTERS);
  }

  @Test
  void aSpanThatCannotBeMadeIsALineInTheLogAndTheEndOfTheRunGoesOn(Vertx vertx) {
    Tracer tracer = new Tracer(vertx, export(), "test");
    RunRecord none = null;
    try (Warnings log = new Warnings(Tracer.class)) {
      tracer.end(tracer.begin(exec("ls")), none);
      assertThat(log.messages()).hasSize(1);
    }
  }

  private static TraceExport export() {
    return TraceExport.from(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c"), "test")
        .orElseThrow();
  }

  private static Request.Run exec(String program) {
    return new Request.Run(
        new RunId("a"),
        new Invocation(List.of(program), Optional.empty(), true),
        Optional.empty(),
        true,
        Optional.empty(),
        new UserSide(Optional.empty(), false, Optional.empty()));
  }

  private static RunResults failed(List<FailedTest> tests) {
    EnvironmentResult py =
        new EnvironmentResult("py", Optional.of(false), Optional.empty(), Optional.empty(), tests);
    return new RunResults(List.of(py), Optional.empty());
  }
}
