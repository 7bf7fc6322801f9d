package dev.toxserver.nats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many bytes a log has that is to keep its newest alone, and what nobody has read. Its oldest
 * go in pieces of a sixteenth of that, so that they are seldom asked for, and few numbers are kept
 * here.
 */
final class LogSize {
  private static final int PIECES = 16;

  /** So that a log that is to keep less than before has small pieces to let go. */
  private static final long MOST_PIECE_BYTES = 256 * 1024;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long mostBytes = Long.MAX_VALUE;
  private long read = -1;
  private long total;

  private static final class Piece {
    private final long index;
    private final long seq;
    private long bytes;

    Piece(long index, long seq) {
      this.index = index;
      this.seq = seq;
    }
  }

  /** The log may have so many bytes from now on, and a sixteenth more; at first it may have all. */
  void keep(long bytes) {
    mostBytes = bytes;
  }

  /** All up to an event is read. */
  void read(long seq) {
    read = Math.max(read, seq);
  }

  /**
   * A message was written.
   *
   * @param seq the number of its first event
   */
  void add(long index, long seq, long bytes) {
    if (pieces.isEmpty() || pieces.getLast().bytes >= pieceBytes()) {
      pieces.add(new Piece(index, seq));
    }
    pieces.getLast().bytes += bytes;
    total += bytes;
  }

  /** The number of the first message that is to stay. Of an empty log, 0. */
  long first() {
    if (total - mostBytes > mostBytes / PIECES - pieceBytes()) {
      letGo();
    }
    return pieces.isEmpty() ? 0 : pieces.getFirst().index;
  }

  private void letGo() {
    while (total > mostBytes && pieces.size() > 1) {
      Piece oldest = pieces.remove();
      if (pieces.getFirst().seq - 1 > read) {
        pieces.addFirst(oldest);
        return;
      }
      total -= oldest.bytes;
    }
  }

  private long pieceBytes() {
    return Math.min(mostBytes / PIECES, MOST_PIECE_BYTES);
  }
}
