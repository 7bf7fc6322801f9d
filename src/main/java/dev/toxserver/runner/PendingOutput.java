package dev.toxserver.runner;

import dev.toxserver.protocol.Stream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Output on its way from the readers' threads to the runner's context. What piles up while that is
 * busy is taken in larger pieces, since an event costs much the same whatever its size; what comes
 * while it is idle is taken at once.
 *
 * <p>Thread-safe. The run's {@link Window} bounds how much can wait.
 */
final class PendingOutput {
  /** No piece gets larger by being put together with another. */
  static final int MAX_BYTES = 64 * 1024;

  private final Deque<Piece> waiting = new ArrayDeque<>();
  private boolean announced;

  /**
   * Some output of one stream.
   *
   * @param cost what was taken of the window for it
   */
  record Piece(Stream stream, byte[] data, int cost) {}

  /** Adds output; whether somebody has to be told to take it. */
  synchronized boolean add(Piece piece) {
    waiting.add(piece);
    boolean isFirst = !announced;
    announced = true;
    return isFirst;
  }

  /** Takes all that there is, in its order. */
  synchronized List<Piece> take() {
    announced = false;
    List<Piece> taken = new ArrayList<>();
    while (!waiting.isEmpty()) {
      taken.add(next());
    }
    return taken;
  }

  private Piece next() {
    Piece first = waiting.remove();
    if (!fits(first, first.data().length)) {
      return first;
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream(MAX_BYTES);
    data.writeBytes(first.data());
    int cost = first.cost();
    while (fits(first, data.size())) {
      Piece more = waiting.remove();
      data.writeBytes(more.data());
      cost += more.cost();
    }
    return new Piece(first.stream(), data.toByteArray(), cost);
  }

  private boolean fits(Piece first, int bytes) {
    Piece more = waiting.peek();
    return more != null
        && more.stream() == first.stream()
        && bytes + more.data().length <= MAX_BYTES;
  }
}
