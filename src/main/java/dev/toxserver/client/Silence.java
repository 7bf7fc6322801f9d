package dev.toxserver.client;

import io.vertx.core.Vertx;

/** Notices when nothing was heard from the server for too long. */
final class Silence {
  private final Vertx vertx;
  private final long limitNanos;
  private final Runnable tooLong;
  private long lastHeard = System.nanoTime();
  private boolean suspended;

  Silence(Vertx vertx, double seconds, Runnable tooLong) {
    this.vertx = vertx;
    this.limitNanos = (long) (seconds * 1e9);
    this.tooLong = tooLong;
  }

  void watch() {
    long left = limitNanos - (System.nanoTime() - lastHeard);
    if (suspended) {
      left = limitNanos;
    }
    if (left > 0) {
      vertx.setTimer(left / 1_000_000 + 1, timer -> watch());
    } else {
      // On a busy machine the word may be there already, unread: it has one turn to be heard.
      vertx.setTimer(1, timer -> decide());
    }
  }

  private void decide() {
    if (System.nanoTime() - lastHeard < limitNanos || suspended) {
      watch();
    } else {
      tooLong.run();
    }
  }

  void heard() {
    lastHeard = System.nanoTime();
  }

  /** While we don't listen, silence says nothing. */
  void suspend() {
    suspended = true;
  }

  void resume() {
    suspended = false;
    heard();
  }

  /** Ends a suspension, if there is one: with its connection, what we did not take is gone. */
  void listen() {
    if (suspended) {
      resume();
    }
  }
}
