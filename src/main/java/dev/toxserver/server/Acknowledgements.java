package dev.toxserver.server;

import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What the readers of one run say that they have taken. Who has said it once is waited for; the
 * others are judged by their sockets alone.
 */
final class Acknowledgements {
  private final Vertx vertx;
  private final RunId id;
  private final ToLongFunction<Connection> patienceMillis;
  private final Runnable onProgress;
  private final Map<Connection, Long> taken = new HashMap<>();
  private boolean waiting;

  /**
   * None yet.
   *
   * @param patienceMillis how long one may say nothing while it is waited for; then it is cut off
   * @param onProgress is called when someone has said something, or is no longer there
   */
  Acknowledgements(
      Vertx vertx, RunId id, ToLongFunction<Connection> patienceMillis, Runnable onProgress) {
    this.vertx = vertx;
    this.id = id;
    this.patienceMillis = patienceMillis;
    this.onProgress = onProgress;
  }

  void add(Connection reader, long seq) {
    boolean isNew = !taken.containsKey(reader);
    taken.merge(reader, seq, Math::max);
    if (isNew) {
      reader.onClosed(() -> forget(reader));
    }
    onProgress.run();
  }

  /** Up to which event all of them have taken everything, if that is not the latest. */
  long upTo(long latest) {
    Optional<Map.Entry<Connection, Long>> slowest =
        taken.entrySet().stream().min(Map.Entry.comparingByValue());
    long seq = Math.min(latest, slowest.map(Map.Entry::getValue).orElse(latest));
    if (seq < latest && !waiting) {
      waitFor(slowest.orElseThrow().getKey(), seq);
    }
    return seq;
  }

  private void waitFor(Connection reader, long seq) {
    waiting = true;
    long millis = patienceMillis.applyAsLong(reader);
    vertx.setTimer(
        millis,
        late -> {
          waiting = false;
          if (taken.getOrDefault(reader, Long.MAX_VALUE) == seq) {
            SlowReader.evict(id, reader, millis);
          } else {
            onProgress.run();
          }
        });
  }

  private void forget(Connection reader) {
    taken.remove(reader);
    onProgress.run();
  }
}
