package dev.toxserver.server.trace;

import dev.toxserver.config.TraceExport;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunSpan;
import dev.toxserver.protocol.TraceContext;
import dev.toxserver.server.journal.RunRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes a span of each run, and has it exported. Belongs to the server's context. */
public final class Tracer {
  private static final Logger LOG = Logger.getLogger(Tracer.class.getName());

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
  public RunSpan begin(Request.Run run) {
    return RunSpan.within(TraceContext.of(run.side().env().orElse(Map.of())));
  }

  /**
   * Exports the span of a run that has ended, unless it is of a trace that is not recorded. Never
   * throws: the run's end goes on behind it.
   */
  public void end(RunSpan span, RunRecord run) {
    try {
      if (span.context().sampled()) {
        exporter.add(json.span(span, run));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A run has no span, which could not be made: {0}", e.toString());
    }
  }

  /** Completes when the last spans are out, or after {@link Exporter#CLOSE_MILLIS}. */
  public Future<Void> close() {
    return exporter.close();
  }
}
