package dev.toxserver.server.trace;

import dev.toxserver.config.TraceExport;
import dev.toxserver.protocol.EnvironmentResult;
import dev.toxserver.protocol.FailedTest;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunResults;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.protocol.ShownArguments;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run looks like as a span of OTLP in JSON. Names are those of OpenTelemetry's semantic
 * conventions for programs, CI/CD and tests; docs/tracing.md tells them.
 */
final class SpanJson {
  /** More failed tests of a run are counted and not told. */
  private static final int MOST_TESTS = 20;

  /** So many characters of arguments, and of the names of environments, are told. */
  private static final int SHOWN_CHARACTERS = 2_000;

  private static final int INTERNAL = 1;
  private static final int OK = 1;
  private static final int ERROR = 2;

  private final TraceExport export;
  private final JsonObject scope;

  SpanJson(TraceExport export, String version) {
    this.export = export;
    this.scope = new JsonObject().put("name", "tox-server").put("version", version);
  }

  /** What is posted: some spans, and whose they are. */
  JsonObject document(List<JsonObject> spans) {
    Attributes resource = new Attributes();
    export.resource().forEach(resource::put);
    return new JsonObject()
        .put(
            "resourceSpans",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("resource", new JsonObject().put("attributes", resource.toJson()))
                        .put(
                            "scopeSpans",
                            new JsonArray()
                                .add(
                                    new JsonObject()
                                        .put("scope", scope)
                                        .put("spans", new JsonArray(spans))))));
  }

  /** The span of a run that has ended. */
  JsonObject span(RunSpan span, RunRecord run) {
    TraceContext own = span.context();
    long ended = run.ended().orElse(run.accepted());
    JsonObject json =
        new JsonObject()
            .put("traceId", own.trace())
            .put("spanId", own.span())
            .put("name", name(run.invocation()))
            .put("kind", INTERNAL)
            .put("startTimeUnixNano", nanos(run.accepted()))
            .put("endTimeUnixNano", nanos(ended))
            .put("attributes", attributes(run).toJson())
            .put("events", events(run, ended))
            .put("droppedEventsCount", Math.max(0, failures(run).count() - MOST_TESTS))
            .put("status", new JsonObject().put("code", isGood(run) ? OK : ERROR));
    span.parent().ifPresent(parent -> json.put("parentSpanId", parent));
    own.state().ifPresent(state -> json.put("traceState", state));
    return json;
  }

  private Attributes attributes(RunRecord run) {
    Invocation invocation = run.invocation();
    Attributes attributes =
        new Attributes()
            .put("process.executable.name", program(invocation))
            .put("cicd.pipeline.task.name", name(invocation))
            .put("cicd.pipeline.task.run.id", run.id().value())
            .put("cicd.pipeline.task.run.result", result(run));
    if (!invocation.exec()) {
      attributes.put("cicd.pipeline.task.type", "test").put("tox.environments", environments(run));
    }
    if (export.arguments()) {
      List<String> words =
          invocation.exec()
              ? invocation.args()
              : Stream.concat(Stream.of("tox"), invocation.args().stream()).toList();
      attributes.put("process.command_args", ShownArguments.of(words, SHOWN_CHARACTERS));
    }
    run.asked().cell().ifPresent(cell -> attributes.put("cicd.pipeline.run.id", cell.matrix()));
    if (run.started().isPresent()) {
      attributes.put("cicd.worker.name", run.runner().orElse("local"));
    }
    run.exit().ifPresent(exit -> describe(exit, attributes));
    return attributes;
  }

  private static void describe(RunEvent.Exit exit, Attributes attributes) {
    if (!exit.lost()) {
      attributes.put("process.exit.code", exit.returncode());
    }
    if (!exit.isGood()) {
      attributes.put("error.type", errorType(exit));
    }
  }

  private static String errorType(RunEvent.Exit exit) {
    if (exit.lost()) {
      return "lost";
    }
    if (exit.cancelled()) {
      return "cancelled";
    }
    return exit.durationMillis().isEmpty() ? "not_started" : "failed";
  }

  /** One of those that the conventions have. */
  private static String result(RunRecord run) {
    return switch (run.state()) {
      case PASSED -> "success";
      case CANCELLED -> "cancellation";
      case FAILED ->
          run.exit().flatMap(RunEvent.Exit::durationMillis).isPresent() ? "failure" : "error";
      default -> "error";
    };
  }

  private static boolean isGood(RunRecord run) {
    return run.exit().filter(RunEvent.Exit::isGood).isPresent();
  }

  private static JsonArray events(RunRecord run, long ended) {
    JsonArray events = new JsonArray();
    run.started().ifPresent(at -> events.add(event("started", at, new Attributes())));
    failures(run)
        .limit(MOST_TESTS)
        .forEach(test -> events.add(event("test failed", ended, attributes(test))));
    return events;
  }

  /** Not its message, which shows what was compared. */
  private static Attributes attributes(FailedTest test) {
    Attributes attributes =
        new Attributes().put("test.case.name", test.name()).put("test.case.result.status", "fail");
    test.file().ifPresent(file -> attributes.put("code.file.path", file));
    test.line().ifPresent(line -> attributes.put("code.line.number", line));
    return attributes;
  }

  private static JsonObject event(String name, long millis, Attributes attributes) {
    return new JsonObject()
        .put("name", name)
        .put("timeUnixNano", nanos(millis))
        .put("attributes", attributes.toJson());
  }

  private static Stream<FailedTest> failures(RunRecord run) {
    return run.results().stream().flatMap(RunResults::failures);
  }

  /** Those that tox says it had, else those that it was asked for, as far as that is told. */
  private static List<String> environments(RunRecord run) {
    List<String> had =
        run.results().map(RunResults::environments).orElse(List.of()).stream()
            .map(EnvironmentResult::name)
            .toList();
    return ShownArguments.of(had.isEmpty() ? asked(run) : had, SHOWN_CHARACTERS);
  }

  private static List<String> asked(RunRecord run) {
    List<String> args = run.invocation().args();
    int end = args.indexOf("--");
    List<String> own = end < 0 ? args : args.subList(0, end);
    int at = own.indexOf("-e") + 1;
    return at > 0 && at < own.size() ? List.of(own.get(at).split(",")) : List.of();
  }

  private static String name(Invocation invocation) {
    return invocation.exec() ? program(invocation) : "tox run";
  }

  /** As a text: what a client has as a path need be none where the server is. */
  private static String program(Invocation invocation) {
    if (!invocation.exec()) {
      return "tox";
    }
    String path = invocation.args().get(0);
    return RunResults.shown(path.substring(path.lastIndexOf('/') + 1));
  }

  /** In OTLP's JSON, 64 bits are text. */
  private static String nanos(long millis) {
    return millis + "000000";
  }
}
