package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Asks runs to end, and with a run the loop that it is of. Belongs to the server's context. */
final class Cancellations {
  private final Catalogue catalogue;
  private final RunQueue queue;
  private final Scheduler scheduler;

  Cancellations(Catalogue catalogue, RunQueue queue, Scheduler scheduler) {
    this.catalogue = catalogue;
    this.queue = queue;
    this.scheduler = scheduler;
  }

  /**
   * Ends those that a client means.
   *
   * @param rights of the client
   * @return how many were asked, as soon as that is certain
   * @throws RefusedException if one run or matrix was meant and there is none of that name, or it
   *     is not the client's own
   */
  Future<Integer> cancel(Request.Cancel request, Rights rights) {
    Predicate<Run> own = run -> rights.owns(run.owner());
    if (request instanceof Request.CancelRun one) {
      List<Run> meant = queue.all().stream().filter(meant(one.id())).toList();
      if (!meant.stream().allMatch(own)) {
        throw new RefusedException(
            ErrorCode.FORBIDDEN, "id: is of a run of others; " + rights.words());
      }
      return cancel(meant);
    }
    return request instanceof Request.CancelCommand all && all.target().equals("run")
        ? cancel(queue.all().stream().filter(own).toList())
        : Future.succeededFuture(0);
  }

  private Predicate<Run> meant(RunId name) {
    if (!catalogue.matrices().runs(name).isEmpty()) {
      return run -> Matrices.has(name, run.request().cell());
    }
    RunId id = catalogue.newestRound(name).id();
    return run -> run.id().equals(id);
  }

  /** The last first: else each that no longer waits would let the next one start. */
  Future<Integer> cancel(List<Run> targets) {
    List<Future<Void>> asked = new ArrayList<>();
    for (int i = targets.size() - 1; i >= 0; i--) {
      asked.add(cancel(targets.get(i)));
    }
    return Future.join(asked).map(targets.size());
  }

  /** Ends one whose client is not expected back, unless that has come to another server. */
  void giveUp(Run run) {
    scheduler
        .giveUp(run)
        .onSuccess(
            gone -> {
              if (gone) {
                cancel(run);
              }
            });
  }

  /** Ends one; completes as {@link Scheduler#cancel} does. */
  Future<Void> cancel(Run run) {
    run.unwanted();
    run.flow().requester().dispensable();
    return scheduler.cancel(run);
  }
}
