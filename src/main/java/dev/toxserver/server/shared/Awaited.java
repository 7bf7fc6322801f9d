package dev.toxserver.server.shared;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to become known soon, and who waits for it. Belongs to one context, where those go on
 * also when it does not become known: {@link Future#timeout} of a promise without a context would
 * have them go on on another thread.
 */
final class Awaited<K> {
  private final Vertx vertx;
  private final long withinMillis;
  private final Map<K, Promise<Boolean>> waiting = new HashMap<>();

  /** Nothing is awaited yet. */
  Awaited(Vertx vertx, long withinMillis) {
    this.vertx = vertx;
    this.withinMillis = withinMillis;
  }

  /** Completes with whether it became known in time, from the first that waits for it on. */
  Future<Boolean> await(K key) {
    return waiting.computeIfAbsent(key, this::begin).future();
  }

  /** It is known. */
  void known(K key) {
    Promise<Boolean> awaited = waiting.remove(key);
    if (awaited != null) {
      awaited.complete(true);
    }
  }

  private Promise<Boolean> begin(K key) {
    Promise<Boolean> awaited = Promise.promise();
    long timer = vertx.setTimer(withinMillis, late -> miss(key));
    awaited.future().onComplete(done -> vertx.cancelTimer(timer));
    return awaited;
  }

  private void miss(K key) {
    waiting.remove(key).complete(false);
  }
}
