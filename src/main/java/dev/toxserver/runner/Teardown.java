package dev.toxserver.runner;

import dev.toxserver.config.RunnerConfig;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends a run so that nothing of it is left: SIGINT to the program itself (tox interrupts its
 * commands on its own, a second SIGINT from us would hit them twice), after a grace SIGTERM to all
 * of the run, after another SIGKILL. A stage that works ends the wait at once.
 *
 * <p>Lives on the runner's context; looks at processes on a worker.
 */
final class Teardown {
  private static final Logger LOG = Logger.getLogger(Teardown.class.getName());

  private static final long POLL_MILLIS = 20;

  /** What the program left behind has so long to end by itself before it gets SIGTERM. */
  private static final long SETTLE_MILLIS = 200;

  /** SIGKILL takes effect within this, or never (a process stuck in the kernel). */
  private static final long KILL_MILLIS = 5_000;

  private enum Stage {
    RUNNING,
    INTERRUPTED,
    SETTLING,
    TERMINATED,
    KILLED,
    GONE
  }

  private final Vertx vertx;
  private final RunnerConfig config;
  private final RunId id;
  private final Survivors survivors;
  private final Promise<Void> gone = Promise.promise();
  private Stage stage = Stage.RUNNING;
  private long deadline;
  private boolean watching;

  Teardown(Vertx vertx, RunnerConfig config, RunId id, Survivors survivors) {
    this.vertx = vertx;
    this.config = config;
    this.id = id;
    this.survivors = survivors;
  }

  /** Begins to end the run; it is over when {@link #finish} says so. */
  void interrupt() {
    if (stage == Stage.RUNNING) {
      stage = Stage.INTERRUPTED;
      vertx.executeBlocking(survivors::interrupt, false);
      vertx.setTimer(config.interruptGraceMillis(), this::interruptIsOverdue);
    }
  }

  /** The program has ended: completes when nothing that it started is left. */
  Future<Void> finish() {
    if (stage == Stage.RUNNING || stage == Stage.INTERRUPTED) {
      enter(Stage.SETTLING, SETTLE_MILLIS);
    }
    watch();
    return gone.future();
  }

  private void interruptIsOverdue(long timer) {
    if (stage == Stage.INTERRUPTED) {
      terminate();
    }
  }

  private void terminate() {
    LOG.log(Level.INFO, "run {0}: SIGTERM to what is left of it", id);
    enter(Stage.TERMINATED, config.terminateGraceMillis());
    vertx.executeBlocking(survivors::terminate, false).onComplete(sent -> watch());
  }

  private void enter(Stage next, long millis) {
    stage = next;
    deadline = now() + millis;
  }

  /** Looks again and again, one look at a time, until nothing is left or nothing helps. */
  private void watch() {
    if (!watching && stage != Stage.GONE) {
      watching = true;
      look();
    }
  }

  private void look() {
    boolean striking = stage == Stage.KILLED;
    vertx
        .executeBlocking(striking ? survivors::kill : survivors::anyLeft, false)
        .onComplete(look -> decide(look.failed() || look.result()));
  }

  private void decide(boolean anyLeft) {
    if (!anyLeft) {
      over();
    } else if (now() < deadline) {
      vertx.setTimer(POLL_MILLIS, again -> look());
    } else {
      nextStage();
    }
  }

  private void nextStage() {
    switch (stage) {
      case SETTLING -> {
        watching = false;
        terminate();
      }
      case TERMINATED -> {
        LOG.log(Level.INFO, "run {0}: SIGKILL to what is left of it", id);
        enter(Stage.KILLED, KILL_MILLIS);
        look();
      }
      default -> {
        LOG.log(Level.SEVERE, "run {0}: some of its processes can not be killed", id);
        over();
      }
    }
  }

  private void over() {
    stage = Stage.GONE;
    gone.complete();
  }

  private static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
