package dev.toxserver.link;

import io.vertx.core.Vertx;

/** Notices when nothing was read from the server for too long. */
final class ReadTimeout {
  private final Vertx vertx;
  private final long limitNanos;
  private final Runnable onTimeout;
  private long lastRead = System.nanoTime();
  private boolean suspended;
  private long timer;

  /**
   * Begins to watch.
   *
   * @param seconds the longest silence that is accepted
   * @param onTimeout is called once, when it was longer
   */
  ReadTimeout(Vertx vertx, double seconds, Runnable onTimeout) {
    this.vertx = vertx;
    this.limitNanos = (long) (seconds * 1e9);
    this.onTimeout = onTimeout;
    watch();
  }

  /** Something came. */
  void heard() {
    lastRead = System.nanoTime();
  }

  /** Nothing is read until {@link #resume}, so that silence means nothing. */
  void suspend() {
    suspended = true;
  }

  /** Reading begins again, and with it the whole time. */
  void resume() {
    suspended = false;
    heard();
  }

  /** Ends a suspension, if there is one: there is another connection, which is read from. */
  void endSuspension() {
    if (suspended) {
      resume();
    }
  }

  /** Watches no longer. */
  void stop() {
    vertx.cancelTimer(timer);
  }

  private void watch() {
    long left = suspended ? limitNanos : limitNanos - (System.nanoTime() - lastRead);
    // On a busy machine there may be bytes that wait to be read: they have one turn to be.
    timer =
        left > 0
            ? vertx.setTimer(left / 1_000_000 + 1, due -> watch())
            : vertx.setTimer(1, due -> decide());
  }

  private void decide() {
    if (suspended || System.nanoTime() - lastRead < limitNanos) {
      watch();
    } else {
      onTimeout.run();
    }
  }
}
