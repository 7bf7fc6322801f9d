package dev.toxserver.server.delivery;

import static java.util.Comparator.comparingLong;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connection;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * How far the readers of one run say that they have read. A reader that has said so once is waited
 * for; of the others only counts whether their connections are full.
 */
final class Acknowledgements {
  private final Vertx vertx;
  private final RunId id;
  private final Predicate<Connection> isWaitedFor;
  private final ToLongFunction<Connection> patienceMillis;
  private final Runnable onProgress;
  private final Map<Connection, Taken> taken = new HashMap<>();
  private Optional<Long> timer = Optional.empty();

  private record Taken(long seq, Runnable forgetConnection) {}

  /**
   * Nobody has said anything yet.
   *
   * @param isWaitedFor whether a run waits for a reader: what others say counts for nothing
   * @param patienceMillis how long a reader may say nothing while it is waited for; then it is cut
   *     off
   * @param onProgress is called when a reader has said something, or is no longer there
   */
  Acknowledgements(
      Vertx vertx,
      RunId id,
      Predicate<Connection> isWaitedFor,
      ToLongFunction<Connection> patienceMillis,
      Runnable onProgress) {
    this.vertx = vertx;
    this.id = id;
    this.isWaitedFor = isWaitedFor;
    this.patienceMillis = patienceMillis;
    this.onProgress = onProgress;
  }

  void add(Connection reader, long seq) {
    Taken before = taken.get(reader);
    if (before == null) {
      taken.put(reader, new Taken(seq, reader.onClosed(() -> gone(reader))));
    } else if (seq > before.seq()) {
      taken.put(reader, new Taken(seq, before.forgetConnection()));
    }
    onProgress.run();
  }

  /** Waits for nobody any more: the run has ended. */
  void close() {
    List.copyOf(taken.keySet()).forEach(this::forget);
    timer.ifPresent(vertx::cancelTimer);
  }

  /** The last event up to which all of them have taken everything, at most the latest. */
  long upTo(long latest) {
    List.copyOf(taken.keySet()).stream()
        .filter(each -> !isWaitedFor.test(each) || !each.subscriptions().contains(id))
        .forEach(this::forget);
    Optional<Connection> slowest = taken.keySet().stream().min(comparingLong(this::seqOf));
    long seq = Math.min(latest, slowest.map(this::seqOf).orElse(latest));
    if (seq < latest && timer.isEmpty()) {
      waitFor(slowest.orElseThrow(), seq);
    }
    return seq;
  }

  private long seqOf(Connection reader) {
    return taken.get(reader).seq();
  }

  private void waitFor(Connection reader, long seq) {
    long millis = patienceMillis.applyAsLong(reader);
    timer = Optional.of(vertx.setTimer(millis, late -> judge(reader, seq, millis)));
  }

  private void judge(Connection reader, long seq, long millis) {
    timer = Optional.empty();
    if (taken.containsKey(reader) && reader.subscriptions().contains(id) && seqOf(reader) == seq) {
      SlowReader.evict(id, reader, millis);
    } else {
      onProgress.run();
    }
  }

  private void gone(Connection reader) {
    forget(reader);
    onProgress.run();
  }

  private void forget(Connection reader) {
    Taken known = taken.remove(reader);
    if (known != null) {
      known.forgetConnection().run();
    }
  }
}
