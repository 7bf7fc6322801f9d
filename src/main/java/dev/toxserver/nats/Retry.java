package dev.toxserver.nats;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does something until it succeeds, however long that takes. There is one future for all attempts:
 * with one inside the other for each, those of an hour would not unwind on any stack. Belongs to
 * the context on which it begins.
 */
public final class Retry<T> {
  private final Vertx vertx;
  private final long pauseMillis;
  private final Supplier<Future<T>> step;
  private final Predicate<Throwable> isFinal;
  private final Promise<T> done = Promise.promise();

  private Retry(
      Vertx vertx, long pauseMillis, Supplier<Future<T>> step, Predicate<Throwable> isFinal) {
    this.vertx = vertx;
    this.pauseMillis = pauseMillis;
    this.step = step;
    this.isFinal = isFinal;
  }

  /**
   * Begins.
   *
   * @param pauseMillis between two attempts
   * @param isFinal whether it is not tried again after this failure
   * @return what the last attempt came to
   */
  public static <T> Future<T> until(
      Vertx vertx, long pauseMillis, Supplier<Future<T>> step, Predicate<Throwable> isFinal) {
    Retry<T> retry = new Retry<>(vertx, pauseMillis, step, isFinal);
    retry.attempt();
    return retry.done.future();
  }

  private void attempt() {
    step.get()
        .onSuccess(done::complete)
        .onFailure(
            failure -> {
              if (isFinal.test(failure)) {
                done.fail(failure);
              } else {
                vertx.setTimer(pauseMillis, again -> attempt());
              }
            });
  }
}
