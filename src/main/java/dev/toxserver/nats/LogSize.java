package dev.toxserver.nats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many bytes a log has that is to keep its newest alone. Its oldest go in pieces of a sixteenth
 * of that, so that they are seldom asked for, and few numbers are kept here.
 */
final class LogSize {
  private static final int PIECES = 16;

  private final long mostBytes;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long total;

  private static final class Piece {
    private final long first;
    private long bytes;

    Piece(long first) {
      this.first = first;
    }
  }

  /** Of an empty log that may have so many bytes, and a piece more. */
  LogSize(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * A message was written.
   *
   * @return the number of the first message that is to stay
   */
  long add(long index, long bytes) {
    if (pieces.isEmpty() || pieces.getLast().bytes >= mostBytes / PIECES) {
      pieces.add(new Piece(index));
    }
    pieces.getLast().bytes += bytes;
    total += bytes;
    while (total > mostBytes && pieces.size() > 1) {
      total -= pieces.remove().bytes;
    }
    return pieces.getFirst().first;
  }
}
