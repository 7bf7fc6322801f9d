package dev.toxserver.server.trace;

import dev.toxserver.protocol.TraceContext;
import java.util.Optional;

/**
 * The span of one run.
 *
 * @param context its own
 * @param parent the span that the client was in, if it has told
 */
public record Span(TraceContext context, Optional<TraceContext> parent) {}
