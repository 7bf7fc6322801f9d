package dev.toxserver.server.trace;

import dev.toxserver.config.TraceExport;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;

/** Makes a span of each run, and has it exported. Belongs to the server's context. */
public final class Tracer {
  private final SpanJson json;
  private final Exporter exporter;

  /**
   * One that has sent nothing yet.
   *
   * @param version the server's
   */
  public Tracer(Vertx vertx, TraceExport export, String version) {
    this.json = new SpanJson(export, version);
    this.exporter = new Exporter(vertx, new Collector(vertx, export), json::document);
  }

  /**
   * Begins the span of a run that was accepted. It is within the span that the client was in, if
   * that has handed on a valid one.
   */
  public Span begin(Request.Run run) {
    Optional<TraceContext> parent = TraceContext.of(run.side().env().orElse(Map.of()));
    return new Span(parent.map(TraceContext::child).orElseGet(TraceContext::root), parent);
  }

  /** Exports the span of a run that has ended, unless it is of a trace that is not recorded. */
  public void end(Span span, RunRecord run) {
    if (span.context().sampled()) {
      exporter.add(json.span(span, run));
    }
  }

  /** Completes when the last spans are out, or after {@link Exporter#CLOSE_MILLIS}. */
  public Future<?> close() {
    return exporter.close();
  }
}
