package dev.toxserver.server.door;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Takes in what clients send no faster than the server does what they ask for. In one turn of the
 * event loop each connection may bring 1 MiB, and a request takes up to twenty times its bytes
 * while it is on its way over the event bus: 300 requests of 900 KB at once were more than a
 * server's memory.
 *
 * <p>Belongs to the server's context.
 */
final class Intake {
  /** The most bytes that are taken in a turn; the last frame may exceed it. */
  static final int BYTES_A_TURN = 256 * 1024;

  private final Vertx vertx;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private int taken;
  private boolean turnIsNext;

  private record Piece(int bytes, Runnable action) {}

  Intake(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Takes what one connection has sent: at once, or in a later turn, behind all that waits.
   *
   * @return whether it was at once
   */
  boolean take(int bytes, Runnable action) {
    if (waiting.isEmpty() && hasRoomFor(bytes)) {
      take(new Piece(bytes, action));
      return true;
    }
    waiting.add(new Piece(bytes, action));
    return false;
  }

  /** Counts the bytes of a frame that has become whole and is dealt with now. */
  void spend(int bytes) {
    taken += bytes;
  }

  private boolean hasRoomFor(int bytes) {
    return taken == 0 || taken + bytes <= BYTES_A_TURN;
  }

  private void take(Piece piece) {
    taken += piece.bytes();
    if (!turnIsNext) {
      turnIsNext = true;
      // Behind what this turn has put on the event bus.
      vertx.runOnContext(next -> turn());
    }
    piece.action().run();
  }

  private void turn() {
    taken = 0;
    turnIsNext = false;
    while (!waiting.isEmpty() && hasRoomFor(waiting.peek().bytes())) {
      take(waiting.remove());
    }
  }
}
