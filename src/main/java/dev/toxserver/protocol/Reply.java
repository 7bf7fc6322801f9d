package dev.toxserver.protocol;

/** What the server answers. {@link ReplyJson} knows how each looks on the wire. */
public sealed interface Reply {

  /**
   * A run was accepted.
   *
   * @param running whether it has its turn already
   * @param position 0 when running, else its place in the queue, 1 for the next to start
   */
  record Accepted(RunId id, boolean running, int position) implements Reply {}

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
   */
  record Pong(long epochMicros, int running, int queued, String version, long uptimeMillis)
      implements Reply {}

  /** The server drains and then leaves. */
  record Done() implements Reply {}
}
