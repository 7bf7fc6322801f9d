package dev.toxserver.server;

import dev.toxserver.protocol.Fact;
import dev.toxserver.protocol.RunFacts;
import dev.toxserver.server.shared.Hub;
import dev.toxserver.server.shared.SharedRecords;
import dev.toxserver.server.trace.Tracer;

/**
 * The spans of runs that several servers share: each is begun by the server that was asked, and
 * exported by the one that has written down how the run has ended, of which there is exactly one.
 */
final class SharedSpans {
  private SharedSpans() {}

  /** Exports from now on, on the server's context. */
  static void export(Hub hub, Tracer tracer) {
    hub.facts().onEndedHere(run -> export(run, tracer));
  }

  private static void export(RunFacts run, Tracer tracer) {
    run.asked()
        .flatMap(Fact.Asked::span)
        .ifPresent(span -> tracer.end(span, SharedRecords.of(run)));
  }
}
