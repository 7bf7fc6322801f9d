package dev.toxserver.runner.nats;

import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.RunnerRequest;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/**
 * Has the beginning of one log deleted that is longer than is to be kept: one piece after the
 * other, so that what is left has no gaps, whoever dies meanwhile. Belongs to the link's context.
 */
final class Trimming {
  private final BiFunction<Long, Long, Future<HubReply>> hubs;
  private long wanted;
  private long done;
  private boolean underWay;

  /**
   * Nothing is deleted yet.
   *
   * @param hubs deletes the messages from one on, below another
   */
  Trimming(BiFunction<Long, Long, Future<HubReply>> hubs) {
    this.hubs = hubs;
  }

  /** All before this message may go. */
  void below(long first) {
    wanted = first;
    goOn();
  }

  private void goOn() {
    if (underWay || wanted == done) {
      return;
    }
    underWay = true;
    long below = Math.min(wanted, done + RunnerRequest.Trim.MOST_MESSAGES);
    hubs.apply(done, below)
        .onSuccess(
            deleted -> {
              underWay = false;
              done = below;
              goOn();
            });
  }
}
