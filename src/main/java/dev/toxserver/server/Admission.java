package dev.toxserver.server;

import dev.toxserver.config.LogLevel;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;
import dev.toxserver.server.journal.RunRecord;
import dev.toxserver.server.runners.Roster;
import dev.toxserver.server.tokens.Rights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

/** Decides whether a run is accepted. Belongs to the server's context. */
final class Admission {
  private static final Logger LOG = Logger.getLogger(Admission.class.getName());

  private final ServerConfig.Places places;
  private final Catalogue catalogue;
  private final RunQueue queue;
  private final Roster roster;
  private final History history;
  private final Drain drain;

  Admission(
      ServerConfig.Places places,
      Catalogue catalogue,
      RunQueue queue,
      Roster roster,
      History history,
      Drain drain) {
    this.places = places;
    this.catalogue = catalogue;
    this.queue = queue;
    this.roster = roster;
    this.history = history;
    this.drain = drain;
  }

  /**
   * Admits a run.
   *
   * @param rights of the client that asks
   * @return what is to be run; for a rerun, what the run was that it repeats
   * @throws RefusedException if the client may not run this, its id is taken, or its place in a
   *     matrix; there is no place for it, no runner could ever take it, it repeats an unknown run,
   *     exec is not allowed, or the server drains
   */
  Run admit(Request.Run asked, Rights rights) {
    Request.Run request = rights.bounded(asked);
    if (drain.hasBegun()) {
      throw new RefusedException(
          ErrorCode.DRAINING, "the server is shutting down and takes no new runs");
    }
    if (queue.isTaken(request.id())) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: " + request.id() + " is taken by a run that has not ended");
    }
    catalogue.matrices().check(request);
    if (history.isBehind()) {
      throw busy("the disk is too slow for so many runs; try again later");
    }
    Run run = request.rerun().map(again -> repeat(request, again)).orElse(new Run(request));
    check(run.request(), rights);
    checkPlace(run.request().invocation());
    return run.ownedBy(rights.token());
  }

  /** A run that takes a name from another has that other forgotten. */
  private void check(Request.Run request, Rights rights) {
    Optional<String> objection = rights.objection(request);
    if (objection.isPresent()) {
      throw new RefusedException(ErrorCode.FORBIDDEN, objection.get());
    }
    if (!rights.owns(Optional.empty()) && catalogue.knows(request.id())) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: " + request.id() + " is the name of a run that is kept");
    }
  }

  /** Whether a run that came to this end is placed once more; a program only if that can be now. */
  boolean admitsAgain(Run run, RunEvent.Exit exit) {
    return run.isRetriedAfter(exit)
        && (!run.request().invocation().exec() || roster.anyFor(run.needs()).isPresent());
  }

  /**
   * Admits the next round of a loop, unless that has come to its end. If that is for the server's
   * sake, those who read the run are told why, and so is the log.
   *
   * @return what follows
   */
  Optional<RunEvent.Next> next(Run run, RunEvent.Exit exit) {
    if (!run.isFollowedAfter(exit)) {
      return Optional.empty();
    }
    Optional<String> obstacle = obstacle(run);
    obstacle.ifPresent(
        why -> {
          LOG.log(
              LogLevel.NOTICE, "run {0}: its loop ends here, {1}", new Object[] {run.id(), why});
          run.flow().tell(new RunEvent.Notice("the loop ends here, " + why));
        });
    return obstacle.isPresent()
        ? Optional.empty()
        : run.round().map(round -> new RunEvent.Next(RunId.random(), round.loop()));
  }

  private Optional<String> obstacle(Run run) {
    if (drain.hasBegun()) {
      return Optional.of("with the server");
    }
    if (history.isBehind()) {
      return Optional.of("since the disk is too slow");
    }
    if (run.request().invocation().exec() && roster.anyFor(run.needs()).isEmpty()) {
      return Optional.of("since every runner that could take it is away");
    }
    return roster.knows(run.needs())
        ? Optional.empty()
        : Optional.of("since every runner that could take it is gone");
  }

  private Run repeat(Request.Run request, RunId again) {
    RunRecord before = catalogue.find(again).record();
    Set<String> own = request.side().env().orElse(Map.of()).keySet();
    List<String> notRestored =
        before.asked().env().stream().filter(name -> !own.contains(name)).toList();
    return new Run(
        request.with(
            (request.failed() ? FailedOnly.of(before) : before.invocation())
                .on(request.invocation().on())),
        notRestored);
  }

  private void checkPlace(Invocation invocation) {
    roster.check(invocation.on());
    if (!invocation.exec()) {
      if (queue.isFull(invocation.on())) {
        throw busy(
            "the queue is full: %d runs are waiting; try again later".formatted(queue.waiting()));
      }
    } else if (places.execJobs() == 0) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN, "program: the server was started with --no-exec");
    } else if (queue.isFullBeside()) {
      throw busy(
          "no more than %d programs of exec run at once (--exec-jobs); try again later"
              .formatted(places.execJobs()));
    } else if (roster.anyFor(invocation.on()).isEmpty()) {
      throw busy("every runner that could take it is away; try again later");
    }
  }

  private static RefusedException busy(String message) {
    return new RefusedException(ErrorCode.BUSY, message);
  }
}
