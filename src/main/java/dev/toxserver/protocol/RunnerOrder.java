package dev.toxserver.protocol;

import java.util.Optional;

/** What the server tells a runner. {@link RunnerOrderJson} knows how each looks on the wire. */
public sealed interface RunnerOrder {

  /**
   * Start a run.
   *
   * @param nextSeq the sequence number of the first event that the runner publishes
   * @param placement for a runner elsewhere: a name that no other start has, be it of a run of the
   *     same id
   * @param trace the run's span, which its program is told, if the server makes spans
   */
  record Start(
      Request.Run request, long nextSeq, Optional<String> placement, Optional<TraceContext> trace)
      implements RunnerOrder {
    /** For the runner in the server's own process. */
    public Start(Request.Run request, long nextSeq) {
      this(request, nextSeq, Optional.empty(), Optional.empty());
    }

    /** The same for a runner elsewhere. */
    public Start placedAs(String name) {
      return new Start(request, nextSeq, Optional.of(name), trace);
    }

    /** The same within a span. */
    public Start within(Optional<TraceContext> span) {
      return new Start(request, nextSeq, placement, span);
    }

    /** The same with another size of the terminal that was asked for. */
    public Start with(TerminalSize size) {
      return new Start(request.with(size), nextSeq, placement, trace);
    }
  }

  /**
   * End a run.
   *
   * @param placement over NATS: which of its placements; else there is one at most
   */
  record Cancel(RunId id, Optional<String> placement) implements RunnerOrder {
    /** The run that is there. */
    public Cancel(RunId id) {
      this(id, Optional.empty());
    }
  }

  /**
   * Every event of a run up to one has left the server, so the runner may publish more.
   *
   * @param seq the last event that has left
   * @param placement over NATS: which of its placements has published it; else there is one at most
   */
  record Acknowledge(RunId id, long seq, Optional<String> placement) implements RunnerOrder {
    /** Of the run that is there. */
    public Acknowledge(RunId id, long seq) {
      this(id, seq, Optional.empty());
    }
  }

  /**
   * Give a run's program what was typed or piped into its requester.
   *
   * @param placement over NATS: into which of its placements; else there is one at most
   */
  record Input(InputRequest request, Optional<String> placement) implements RunnerOrder {
    /** Into the run that is there. */
    public Input(InputRequest request) {
      this(request, Optional.empty());
    }
  }

  /**
   * Give a run's terminal another size.
   *
   * @param placement over NATS: in which of its placements; else there is one at most
   */
  record Resize(Request.Resize request, Optional<String> placement) implements RunnerOrder {
    /** In the run that is there. */
    public Resize(Request.Resize request) {
      this(request, Optional.empty());
    }
  }
}
