package dev.toxserver.server.shared;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is asked again while it is being decided is not decided twice: else, while the servers are
 * away, each time would wait beside the others. Belongs to one context.
 */
final class Once<K, V> {
  private final Map<K, Future<V>> underWay = new HashMap<>();

  /** The decision that is under way, or a new one. */
  Future<V> decide(K key, Supplier<Future<V>> decision) {
    Future<V> known = underWay.get(key);
    if (known != null) {
      return known;
    }
    Future<V> begun = decision.get();
    if (!begun.isComplete()) {
      underWay.put(key, begun);
      begun.onComplete(done -> underWay.remove(key, begun));
    }
    return begun;
  }
}
