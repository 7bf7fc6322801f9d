package dev.toxserver.server;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * Numbers the runs that wait anew, once for all that happens at the same time: where a thousand
 * runs end together, each would else cost as much as there are runs that wait. Belongs to the
 * server's context.
 */
final class Renumbering {
  private final Vertx vertx;
  private final RunQueue queue;
  private final Consumer<Run> onMoved;
  private boolean isDue;

  /**
   * Of one queue.
   *
   * @param onMoved takes each run whose place is to be told, as {@link RunQueue#renumber} says
   */
  Renumbering(Vertx vertx, RunQueue queue, Consumer<Run> onMoved) {
    this.vertx = vertx;
    this.queue = queue;
    this.onMoved = onMoved;
  }

  /** Numbers when what has come together is done with. */
  void soon() {
    if (!isDue) {
      isDue = true;
      vertx.runOnContext(
          now -> {
            isDue = false;
            queue.renumber().forEach(onMoved);
          });
    }
  }
}
