package dev.toxserver.runner;

import dev.toxserver.protocol.RunId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends a run so that nothing of it is left: SIGINT to the program itself (tox interrupts its
 * commands on its own, a second SIGINT from us would hit them twice), after a grace SIGTERM to all
 * processes of the run, after another SIGKILL. As soon as none is left, the teardown is over. It
 * does not give up while the program is alive, or while the processes can't be listed.
 *
 * <p>Lives on the runner's context; looks at processes on a worker.
 */
final class Teardown {
  private static final Logger LOG = Logger.getLogger(Teardown.class.getName());

  private static final long POLL_MILLIS = 20;

  private enum Stage {
    RUNNING,
    INTERRUPTED,
    SETTLING,
    TERMINATED,
    KILLED,
    GONE
  }

  private final Vertx vertx;
  private final Graces graces;
  private final RunId id;
  private final Process process;
  private final Survivors survivors;
  private final Workers workers;
  private final Promise<Void> gone = Promise.promise();
  private Stage stage = Stage.RUNNING;
  private long deadline;
  private boolean watching;
  private boolean quiet;
  private boolean stuck;

  Teardown(Vertx vertx, Graces graces, RunId id, Launched launched, Workers workers) {
    this.vertx = vertx;
    this.graces = graces;
    this.id = id;
    this.process = launched.process();
    this.survivors = launched.survivors();
    this.workers = workers;
  }

  /**
   * Begins to end the run; {@link #finish} tells when it has ended. A second call changes nothing,
   * but for a run that SIGKILL was sent to already: it is sent once more, at once.
   */
  void interrupt() {
    if (stage == Stage.RUNNING) {
      stage = Stage.INTERRUPTED;
      workers.insist(survivors::interrupt).onFailure(this::hindered);
      vertx.setTimer(graces.interrupt(), this::interruptIsOverdue);
    } else if (stage == Stage.KILLED) {
      workers.insist(survivors::kill).onFailure(this::hindered);
    }
  }

  /** The program has ended: completes when nothing that it started is left. */
  Future<Void> finish() {
    if (stage == Stage.RUNNING || stage == Stage.INTERRUPTED) {
      enter(Stage.SETTLING, quiet ? graces.settle() : graces.lastWords());
    }
    watch();
    return gone.future();
  }

  /** Both streams of the run have ended, so what is left can't print: it gets less time. */
  void quiet() {
    quiet = true;
    if (stage == Stage.SETTLING) {
      deadline = Math.min(deadline, now() + graces.settle());
    }
  }

  private void interruptIsOverdue(long timer) {
    if (stage == Stage.INTERRUPTED) {
      terminate();
    }
  }

  private void terminate() {
    LOG.log(Level.INFO, "run {0}: SIGTERM to what is left of it", id);
    enter(Stage.TERMINATED, graces.terminate());
    workers.insist(survivors::terminate).onFailure(this::hindered).onComplete(sent -> watch());
  }

  private void enter(Stage next, long millis) {
    stage = next;
    deadline = now() + millis;
  }

  /** Looks again and again, one look at a time, until nothing is left or nothing helps. */
  private void watch() {
    if (!watching) {
      watching = true;
      look();
    }
  }

  private void look() {
    workers
        .insist(stage == Stage.KILLED ? survivors::kill : survivors::anyLeft)
        .onFailure(this::hindered)
        .onComplete(this::decide);
  }

  /** Goes on to the next stage when the time of this one is over. */
  private void decide(AsyncResult<Boolean> look) {
    boolean mustGoOn = look.failed() || process.isAlive();
    if (!mustGoOn && !look.result()) {
      over();
    } else if (now() < deadline) {
      vertx.setTimer(POLL_MILLIS, again -> look());
    } else if (stage == Stage.SETTLING) {
      watching = false;
      terminate();
    } else if (stage == Stage.TERMINATED) {
      LOG.log(Level.INFO, "run {0}: SIGKILL to what is left of it", id);
      enter(Stage.KILLED, graces.kill());
      look();
    } else if (mustGoOn) {
      vertx.setTimer(graces.retry(), again -> look());
    } else {
      LOG.log(Level.SEVERE, "run {0}: some of its processes can not be killed", id);
      over();
    }
  }

  private void hindered(Throwable failure) {
    if (!stuck) {
      stuck = true;
      LOG.log(Level.WARNING, "run {0}: its end is held up: {1}", new Object[] {id, failure});
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
