package dev.toxserver.server.delivery;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunState;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.RunLog;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Nobody reads yet.
   *
   * @param patience for how long a reader of a run that is over may take nothing
   * @param onIdle is called when nobody reads any more
   */
  public Attachments(Vertx vertx, ServerConfig.Patience patience, KnownRuns runs, Runnable onIdle) {
    this.vertx = vertx;
    this.patience = patience;
    this.runs = runs;
    this.onIdle = onIdle;
  }

  /** Whether nobody reads out of a journal. */
  public boolean isIdle() {
    return active.isEmpty();
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
    if (!connection.subscriptions().mayGrow()) {
      throw refused("id: " + connection.subscriptions().size() + " runs are read, no more can be");
    }
    if (connection.subscriptions().contains(log.id())) {
      throw refused("id: this connection gets the events of " + log.id() + " already");
    }
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
    if (active.isEmpty()) {
      onIdle.run();
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
