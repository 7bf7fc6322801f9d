package dev.toxserver.runner.placed;

import dev.toxserver.config.LogLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * How a runner leaves: it takes nothing more, and waits for the end of what it has. Belongs to the
 * verticle's context.
 */
public final class Leaving {
  private static final Logger LOG = Logger.getLogger(Leaving.class.getName());

  private final Promise<Optional<String>> left = Promise.promise();
  private Offer offer;
  private boolean hurried;

  /**
   * It stays.
   *
   * @param offer what it takes until it is to leave
   */
  public Leaving(Offer offer) {
    this.offer = offer;
  }

  /** What it has and takes now. */
  public Offer offer() {
    return offer;
  }

  /** Completes when the runner has left, or was refused: then with the reason, in one line. */
  public Future<Optional<String>> left() {
    return left.future();
  }

  /**
   * The runner is to leave. Who says it again has no time: what runs is cancelled, and what may
   * still come is not waited for.
   *
   * @param mayCome whether it has asked for something that it may yet be given
   * @param onChange is called if the runner takes nothing more from now on, and has something
   */
  public void signalled(PlacedRuns runs, boolean mayCome, Runnable onChange) {
    if (isAsked()) {
      LOG.log(LogLevel.NOTICE, "Cancelling what runs");
      hurried = true;
      runs.cancelAll();
      check(runs, mayCome);
      return;
    }
    offer = offer.leaving();
    if (!runs.isEmpty() || mayCome) {
      LOG.log(LogLevel.NOTICE, "Leaving when what runs has ended; ^C again to cancel it");
      onChange.run();
    }
    check(runs, mayCome);
  }

  /**
   * Leaves, if it is to and has nothing any more.
   *
   * @param mayCome as above
   */
  public void check(PlacedRuns runs, boolean mayCome) {
    if (isAsked() && runs.isEmpty() && (hurried || !mayCome)) {
      left.tryComplete(Optional.empty());
    }
  }

  /** It can't go on. */
  public void refused(String why) {
    left.tryComplete(Optional.of(why));
  }

  private boolean isAsked() {
    return offer.capacity() == 0;
  }
}
