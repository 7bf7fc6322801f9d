package dev.toxserver.runner;

import io.vertx.core.Vertx;
import java.util.OptionalLong;

/**
 * Says that a run lives, as often as its client wants to hear it; not while output is under way,
 * which says so, too: with a client that does not read, heartbeats would pile up.
 *
 * <p>Lives on the runner's context.
 */
final class Heartbeat {
  private final Vertx vertx;
  private final RunOutput output;
  private final Runnable beat;
  private OptionalLong timer = OptionalLong.empty();

  Heartbeat(Vertx vertx, RunOutput output, Runnable beat) {
    this.vertx = vertx;
    this.output = output;
    this.beat = beat;
  }

  void start(long millis) {
    timer = OptionalLong.of(vertx.setPeriodic(millis, each -> beat()));
  }

  void stop() {
    timer.ifPresent(vertx::cancelTimer);
  }

  private void beat() {
    if (!output.isUnderWay()) {
      beat.run();
    }
  }
}
