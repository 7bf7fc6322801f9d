package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/**
 * Says that the runs of a runner elsewhere are alive, as often as their clients want to hear it.
 * The runner's own heartbeats would not come while the network fails, and before that is noticed a
 * client may have given up. Belongs to the server's context.
 */
final class Heartbeats {
  private final Vertx vertx;
  private final Readers readers;
  private final Map<RunId, Long> timers = new HashMap<>();

  Heartbeats(Vertx vertx, Readers readers) {
    this.vertx = vertx;
    this.readers = readers;
  }

  /** A run was placed with the runner. */
  void begin(RemoteRun run) {
    run.heartbeatMillis()
        .ifPresent(
            millis ->
                timers.put(run.id(), vertx.setPeriodic(millis, beat -> readers.beat(run.id()))));
  }

  /** It has ended: nothing may follow its exit. */
  void end(RunId run) {
    Long timer = timers.remove(run);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
