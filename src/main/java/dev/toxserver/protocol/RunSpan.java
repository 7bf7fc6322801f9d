package dev.toxserver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The span of one run.
 *
 * @param context its own
 * @param parent the span that the client was in, if it has told
 */
public record RunSpan(TraceContext context, Optional<String> parent) {
  /** One within the span that a client was in, or one that begins a trace. */
  public static RunSpan within(Optional<TraceContext> parent) {
    return new RunSpan(
        parent.map(TraceContext::child).orElseGet(TraceContext::root),
        parent.map(TraceContext::span));
  }

  static RunSpan decode(Fields fields) {
    return new RunSpan(
        TraceContext.of(fields)
            .orElseThrow(() -> new MalformedException("traceparent", "is no trace context")),
        fields.optionalText("parent"));
  }

  JsonObject encode() {
    JsonObject span = new JsonObject();
    context.writeTo(span);
    parent.ifPresent(id -> span.put("parent", id));
    return span;
  }
}
