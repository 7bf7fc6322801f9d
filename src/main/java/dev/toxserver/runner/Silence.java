package dev.toxserver.runner;

import dev.toxserver.runner.terminal.AwaitedKeys;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells when a program in a terminal has fallen silent since it waits for keys. Each silence is
 * looked into once, and there is no timer while it goes on.
 *
 * <p>Lives on the runner's context.
 */
final class Silence {
  /** From a prompt on until the program reads, it is busy for a moment. */
  static final long MILLIS = 2_000;

  private final Vertx vertx;
  private final Workers workers;
  private final Runnable onKeysAwaited;
  private Optional<Launched> program = Optional.empty();
  private OptionalLong timer = OptionalLong.empty();
  private long sinceNanos;

  /**
   * Nothing is looked into yet.
   *
   * @param onKeysAwaited is called once in each silence in which the program waits for keys
   */
  Silence(Vertx vertx, Workers workers, Runnable onKeysAwaited) {
    this.vertx = vertx;
    this.workers = workers;
    this.onKeysAwaited = onKeysAwaited;
  }

  /** The program begins. */
  void begin(Launched launched) {
    if (launched.streams().terminal().isPresent()) {
      program = Optional.of(launched);
      broken();
    }
  }

  /** It has printed something. */
  void broken() {
    if (program.isPresent()) {
      sinceNanos = System.nanoTime();
      if (timer.isEmpty()) {
        lookIn(MILLIS);
      }
    }
  }

  /** The program has ended. */
  void end() {
    program = Optional.empty();
    timer.ifPresent(vertx::cancelTimer);
  }

  private void lookIn(long millis) {
    timer = OptionalLong.of(vertx.setTimer(millis, due -> lookUnlessBroken()));
  }

  private void lookUnlessBroken() {
    timer = OptionalLong.empty();
    long left = MILLIS - (System.nanoTime() - sinceNanos) / 1_000_000;
    if (left > 0) {
      lookIn(left);
    } else {
      look(program.orElseThrow(), sinceNanos);
    }
  }

  private void look(Launched launched, long silentSince) {
    workers
        .run(() -> AwaitedKeys.by(launched.process(), launched.streams().terminal().orElseThrow()))
        .onSuccess(
            awaited -> {
              if (awaited && program.isPresent() && sinceNanos == silentSince) {
                onKeysAwaited.run();
              }
            });
  }
}
