package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Invocation;
import dev.toxserver.protocol.Request;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.journal.History;

/** Decides whether a run is accepted. Belongs to the server's context. */
final class Admission {
  private final ServerConfig.Places places;
  private final Catalogue catalogue;
  private final RunQueue queue;
  private final History history;
  private final Drain drain;

  Admission(
      ServerConfig.Places places,
      Catalogue catalogue,
      RunQueue queue,
      History history,
      Drain drain) {
    this.places = places;
    this.catalogue = catalogue;
    this.queue = queue;
    this.history = history;
    this.drain = drain;
  }

  /**
   * Admits a run.
   *
   * @return what is to be run; for a rerun, with the invocation of the run that it repeats
   * @throws RefusedException if its id is taken, there is no place for it, it repeats an unknown
   *     run, exec is not allowed, or the server drains
   */
  Request.Run admit(Request.Run request) {
    if (drain.hasBegun()) {
      throw new RefusedException(
          ErrorCode.DRAINING, "the server is shutting down and takes no new runs");
    }
    if (queue.find(request.id()).isPresent()) {
      throw new RefusedException(
          ErrorCode.CONFLICT, "id: " + request.id() + " is taken by a run that has not ended");
    }
    if (history.isBehind()) {
      throw busy("the disk is too slow for so many runs; try again later");
    }
    Request.Run complete =
        request
            .rerun()
            .map(again -> request.with(catalogue.find(again).record().invocation()))
            .orElse(request);
    checkPlace(complete.invocation());
    return complete;
  }

  private void checkPlace(Invocation invocation) {
    if (!invocation.exec()) {
      if (queue.isFull()) {
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
    }
  }

  private static RefusedException busy(String message) {
    return new RefusedException(ErrorCode.BUSY, message);
  }
}
