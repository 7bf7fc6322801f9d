package dev.toxserver.server.door;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * What a {@link Connection} needs of its transport. A new transport is a class that implements
 * this, has {@link Gate#open} let it in, and hands what it receives to a {@link FrameGuard}.
 *
 * <p>All calls, and all that it calls back, are on the server's context.
 */
interface Wire {
  /**
   * Sends a frame, its length included; a transport with messages of its own leaves the length out.
   * The buffer is not to be changed: others are sent the same.
   *
   * @return completes when the frame has left, or fails when it never will
   */
  Future<Void> send(Buffer frame);

  /** Whether more waits to leave than the transport means to hold. */
  boolean isFull();

  /** Calls back each time when it is no longer full. */
  void onDrain(Runnable callback);

  /** Calls back when it has closed, for whatever reason. */
  void onClose(Runnable callback);

  /** Receives nothing for now: what the peer sends stays in the network. */
  void pause();

  /** Receives again. */
  void resume();

  /** Closes when all has left that was sent: perhaps never, if the peer does not read. */
  void close();

  /** Cuts the peer off at once. */
  void evict();

  /** Who is at the other end. */
  Peer peer();
}
