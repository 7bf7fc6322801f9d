package dev.toxserver.server.delivery;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunState;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The connections that read runs out of their journals, be those under way or over. Belongs to the
 * server's context.
 */
public final class Attachments {
  private final Vertx vertx;
  private final ServerConfig.Patience patience;
  private final KnownRuns runs;
  private final Runnable onIdle;
  private final Set<Follower> active = new HashSet<>();
  private int coming;

  /**
   * Nobody reads yet.
   *
   * @param patience for how long a reader of a run that is over may take nothing
   * @param onIdle is called when nobody reads any more, nor is about to
   */
  public Attachments(Vertx vertx, ServerConfig.Patience patience, KnownRuns runs, Runnable onIdle) {
    this.vertx = vertx;
    this.patience = patience;
    this.runs = runs;
    this.onIdle = onIdle;
  }

  /** Whether nobody reads out of a journal, nor is about to. */
  public boolean isIdle() {
    return active.isEmpty() && coming == 0;
  }

  /**
   * Somebody is about to read, and counts as a reader until this has completed: it is not expected
   * back any more, and waits for its answer.
   *
   * @param attach has it read, sooner or later, or fails
   */
  public void whileComing(Supplier<Future<?>> attach) {
    coming++;
    try {
      attach.get().onComplete(done -> hasCome());
    } catch (RuntimeException e) {
      hasCome();
      throw e;
    }
  }

  private void hasCome() {
    coming--;
    tellIfIdle();
  }

  private void tellIfIdle() {
    if (isIdle()) {
      onIdle.run();
    }
  }

  /**
   * Refuses what {@link #attach} would refuse, before it has any effect.
   *
   * @param isReady whether the run's journal is; else nobody knows how many events there are
   * @throws RefusedException as that does
   */
  public void check(Request.Attach request, Connection connection, boolean isReady) {
    RunLog log = meant(request, connection);
    checkRoom(log, connection);
    if (isReady) {
      firstFor(request, log);
    }
  }

  /**
   * Lets a connection read a run. Nothing is sent before {@link Follower#begin}, so that the answer
   * goes out first.
   *
   * @throws RefusedException if there is no such run, the connection reads it already, or asks for
   *     what can't have been
   */
  public Follower attach(Request.Attach request, Connection connection) {
    RunLog log = meant(request, connection);
    long from = firstFor(request, log);
    checkRoom(log, connection);
    Optional<OutputFlow> flow = runs.flowOf(log.id());
    Follower follower =
        new Follower(
            vertx,
            log,
            connection,
            from,
            request.follow(),
            () ->
                flow.map(live -> live.patienceWithFollower(connection))
                    .orElse(patience.onlookerMillis()),
            each -> caughtUp(each, flow));
    connection.subscriptions().follow(log.id(), follower::end);
    active.add(follower);
    flow.ifPresent(live -> live.add(follower));
    return follower;
  }

  /**
   * The run that an attach is to.
   *
   * @throws RefusedException if there is none
   */
  public RunLog meant(Request.Attach request, Connection connection) {
    // Who has read of a run already goes on with the same one.
    boolean begins = request.follow() && request.from().orElse(0L) == 0;
    return begins && !connection.readsOneRun()
        ? runs.newestRound(request.id())
        : runs.find(request.id());
  }

  /**
   * A reader has taken everything up to an event.
   *
   * @throws RefusedException if it does not read that run
   */
  public void acknowledge(Request.Acknowledge request, Connection connection) {
    RunLog log = runs.find(request.id());
    if (!connection.subscriptions().contains(log.id())) {
      throw refused("id: this connection does not get the events of " + log.id());
    }
    connection.acknowledges();
    runs.flowOf(log.id()).ifPresent(flow -> flow.acknowledged(connection, request.seq()));
  }

  private void caughtUp(Follower follower, Optional<OutputFlow> flow) {
    if (follower.isDone()) {
      flow.ifPresent(live -> live.remove(follower));
      active.remove(follower);
    }
    flow.ifPresent(OutputFlow::acknowledge);
    tellIfIdle();
  }

  private static void checkRoom(RunLog log, Connection connection) {
    if (!connection.subscriptions().mayGrow()) {
      throw refused("id: " + connection.subscriptions().size() + " runs are read, no more can be");
    }
    if (connection.subscriptions().contains(log.id())) {
      throw refused("id: this connection gets the events of " + log.id() + " already");
    }
  }

  private static long firstFor(Request.Attach request, RunLog log) {
    long events = log.journal().nextSeq();
    // Of a run that has ended only the exit is left to tell.
    long now =
        log.journal().isEnded() && log.record().state() != RunState.LOST ? events - 1 : events;
    long from = request.from().orElse(now);
    // The last events of a lost run were in its server's memory only, and clients may have seen
    // them.
    if (from > events && log.record().state() != RunState.LOST) {
      throw refused("from: the run has had no more than %d events".formatted(events));
    }
    return Math.min(from, events);
  }

  private static RefusedException refused(String message) {
    return new RefusedException(ErrorCode.MALFORMED, message);
  }
}
