package dev.toxserver.protocol;

import java.util.List;
import java.util.Optional;

/** What the server answers. {@link ReplyJson} knows how each looks on the wire. */
public sealed interface Reply
    permits TokenReply,
        Reply.Accepted,
        Reply.InputTaken,
        Reply.Resized,
        Reply.Cancelled,
        Reply.Pong,
        Reply.Attached,
        Reply.Acknowledged,
        Reply.Status,
        Reply.Results,
        Reply.Runners,
        Reply.Done {

  /**
   * A run was accepted.
   *
   * @param running whether it has its turn already
   * @param position 0 when running, else its place in the queue, 1 for the next to start
   * @param usual how long such a run usually takes, if that is known
   */
  record Accepted(RunId id, boolean running, int position, Optional<Usual> usual)
      implements Reply {}

  /**
   * What was typed or piped into a run was taken up to a byte.
   *
   * @param offset the place of the first byte that was not: go on from there
   */
  record InputTaken(long offset) implements Reply {}

  /** A run's terminal has another size. */
  record Resized() implements Reply {}

  /** So many runs were asked to end. */
  record Cancelled(int count) implements Reply {}

  /**
   * The server is well.
   *
   * @param epochMicros the server's clock, in microseconds since 1970
   * @param running runs under way
   * @param queued runs that wait for their turn
   * @param version the server's version
   * @param uptimeMillis since the server began to listen
   * @param page that for browsers, if it is served
   * @param may what the client's token may, if that is not all
   */
  record Pong(
      long epochMicros,
      int running,
      int queued,
      String version,
      long uptimeMillis,
      Optional<Page> page,
      Optional<Scope> may)
      implements Reply {}

  /** A page is served at a port of the same host. */
  record Page(int port, boolean tls) {
    /** Its address, by a name or an address of its host. */
    public String at(String host) {
      return (tls ? "https" : "http")
          + "://"
          + (host.contains(":") ? "[" + host + "]" : host)
          + ":"
          + port
          + "/";
    }
  }

  /**
   * A run's events follow.
   *
   * @param id the run's own id, even if {@code last} was asked for
   * @param from the first event that comes, unless a hole is told of
   * @param next the first event that had not happened yet
   * @param hold if the run is this client's now: how often its keyboard was taken; an onlooker, and
   *     a requester from whom it was taken meanwhile, has none
   * @param loop the loop's name, if the run is of one: it is found by that when the run is kept no
   *     more
   */
  record Attached(
      RunId id, RunState state, long from, long next, Optional<Long> hold, Optional<RunId> loop)
      implements Reply {}

  /** It was noted. */
  record Acknowledged() implements Reply {}

  /**
   * The runs that the server knows.
   *
   * @param runs the newest first
   * @param complete false if older ones did not fit into a frame
   */
  record Status(List<RunStatus> runs, boolean complete) implements Reply {
    /** Takes a copy. */
    public Status {
      runs = List.copyOf(runs);
    }
  }

  /**
   * What came of a run.
   *
   * @param id the run's own, even if {@code last} was asked for
   */
  record Results(RunId id, RunState state, RunResults results) implements Reply {}

  /** The runners that there are, that in the server's own process first. */
  record Runners(List<RunnerStatus> runners) implements Reply {
    /** Takes a copy. */
    public Runners {
      runners = List.copyOf(runners);
    }
  }

  /** The server drains and then leaves. */
  record Done() implements Reply {}
}
