package dev.toxserver.server;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.RefusedException;
import dev.toxserver.server.tokens.Rights;
import java.util.List;
import java.util.function.Predicate;

/** Asks runs to end, and with a run the loop that it is of. Belongs to the server's context. */
final class Cancellations {
  private final Catalogue catalogue;
  private final RunQueue queue;
  private final Dispatcher dispatcher;

  Cancellations(Catalogue catalogue, RunQueue queue, Dispatcher dispatcher) {
    this.catalogue = catalogue;
    this.queue = queue;
    this.dispatcher = dispatcher;
  }

  /**
   * Ends those that a client means; how many were asked.
   *
   * @param rights of the client
   * @throws RefusedException if one run or matrix was meant and there is none of that name, or it
   *     is not the client's own
   */
  int cancel(Request.Cancel request, Rights rights) {
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
        : 0;
  }

  private Predicate<Run> meant(RunId name) {
    if (!catalogue.matrices().runs(name).isEmpty()) {
      return run -> Matrices.has(name, run.request().cell());
    }
    RunId id = catalogue.newestRound(name).id();
    return run -> run.id().equals(id);
  }

  /** Ends all of them; how many were asked. */
  int cancelAll() {
    return cancel(queue.all());
  }

  /** The last first: else each that no longer waits would let the next one start. */
  private int cancel(List<Run> targets) {
    for (int i = targets.size() - 1; i >= 0; i--) {
      cancel(targets.get(i));
    }
    return targets.size();
  }

  /** Ends one. */
  void cancel(Run run) {
    run.unwanted();
    run.flow().requester().dispensable();
    if (run.isWaiting()) {
      dispatcher.tellCancelled(run);
      queue.cancel(run);
    } else {
      dispatcher.end(run);
    }
  }
}
