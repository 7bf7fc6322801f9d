package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunState;
import dev.toxserver.server.journal.RunLog;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The connections that read runs out of their journals, be those under way or over. */
final class Attachments {
  private final Vertx vertx;
  private final ServerConfig.Patience patience;
  private final Catalogue catalogue;
  private final Presence presence;
  private final Runnable onIdle;
  private final Set<Follower> active = new HashSet<>();

  /**
   * None yet.
   *
   * @param onIdle is called when there are none any more
   */
  Attachments(
      Vertx vertx,
      ServerConfig.Patience patience,
      Catalogue catalogue,
      Presence presence,
      Runnable onIdle) {
    this.vertx = vertx;
    this.patience = patience;
    this.catalogue = catalogue;
    this.presence = presence;
    this.onIdle = onIdle;
  }

  /** Whether nobody reads out of a journal. */
  boolean isIdle() {
    return active.isEmpty();
  }

  /**
   * Lets a connection read a run. Nothing is sent before {@link Follower#begin}, so that the answer
   * goes out first.
   *
   * @throws RefusedException if there is no such run, the connection reads it already, or asks for
   *     what can't have been
   */
  Follower attach(Request.Attach request, Connection connection) {
    RunLog log = catalogue.find(request.id());
    long from = firstFor(request, log);
    if (!connection.mayReadMore()) {
      throw refused("id: " + connection.subscriptions() + " runs are read, no more can be");
    }
    if (connection.reads(log.id())) {
      throw refused("id: this connection gets the events of " + log.id() + " already");
    }
    Optional<Run> run = catalogue.unfinished(log.id());
    if (request.requester()) {
      run.ifPresentOrElse(known -> presence.back(known, connection), () -> presence.seen(log.id()));
    }
    Follower follower =
        new Follower(
            vertx,
            log,
            connection,
            from,
            request.follow(),
            () ->
                run.map(live -> live.flow().patienceWith(connection))
                    .orElse(patience.onlookerMillis()),
            each -> caughtUp(each, run));
    connection.follow(log.id(), follower::end);
    active.add(follower);
    run.ifPresent(live -> live.flow().add(follower));
    return follower;
  }

  /**
   * A reader has taken everything up to an event.
   *
   * @throws RefusedException if it does not read that run
   */
  void acknowledge(Request.Acknowledge request, Connection connection) {
    RunLog log = catalogue.find(request.id());
    if (!connection.reads(log.id())) {
      throw refused("id: this connection does not get the events of " + log.id());
    }
    connection.acknowledges();
    catalogue
        .unfinished(log.id())
        .ifPresent(run -> run.flow().acknowledged(connection, request.seq()));
  }

  private void caughtUp(Follower follower, Optional<Run> run) {
    if (follower.isDone()) {
      run.ifPresent(live -> live.flow().remove(follower));
      active.remove(follower);
    }
    run.ifPresent(live -> live.flow().acknowledge());
    if (active.isEmpty()) {
      onIdle.run();
    }
  }

  private static long firstFor(Request.Attach request, RunLog log) {
    long events = log.journal().nextSeq();
    // Of what has ended there is only the end to tell.
    long now =
        log.journal().isEnded() && log.record().state() != RunState.LOST ? events - 1 : events;
    long from = request.from().orElse(now);
    // What a lost run had in memory went with its server.
    if (from > events && log.record().state() != RunState.LOST) {
      throw refused("from: the run has had no more than %d events".formatted(events));
    }
    return Math.min(from, events);
  }

  private static RefusedException refused(String message) {
    return new RefusedException(ErrorCode.MALFORMED, message);
  }
}
