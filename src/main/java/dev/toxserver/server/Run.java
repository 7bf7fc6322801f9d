package dev.toxserver.server;

import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import java.util.Optional;

/** A run that was accepted and has not ended, as the server sees it. */
final class Run {
  private final Request.Run request;
  private final Optional<Connection> requester;
  private long nextSeq;
  private int position;

  Run(Request.Run request, Optional<Connection> requester) {
    this.request = request;
    this.requester = requester;
  }

  RunId id() {
    return request.id();
  }

  Request.Run request() {
    return request;
  }

  /** Who asked for it; nobody if it came over the event bus and not through the bridge. */
  Optional<Connection> requester() {
    return requester;
  }

  /** Its place in the queue, 1 for the next to start; 0 once it was handed to the runner. */
  int position() {
    return position;
  }

  boolean isWaiting() {
    return position > 0;
  }

  /** Gives it another place; whether it is another. */
  boolean moveTo(int newPosition) {
    boolean moved = position != newPosition;
    position = newPosition;
    return moved;
  }

  /** The number of the next event. From its start on, the runner counts. */
  long takeSeq() {
    return nextSeq++;
  }
}
