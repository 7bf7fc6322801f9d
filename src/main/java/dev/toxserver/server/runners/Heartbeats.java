package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunId;
import dev.toxserver.server.door.Connections;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says that the runs of a runner elsewhere are alive, as often as their clients want to hear it.
 * The runner's own heartbeats would not come while the network fails, and before that is noticed a
 * client may have given up. Belongs to the server's context.
 */
public final class Heartbeats {
  private final Vertx vertx;
  private final Readers readers;
  private final Map<RunId, Long> timers = new HashMap<>();

  Heartbeats(Vertx vertx, Readers readers) {
    this.vertx = vertx;
    this.readers = readers;
  }

  /** For those who read runs over these connections. */
  public Heartbeats(Vertx vertx, Connections connections) {
    this(vertx, new Readers(vertx, connections));
  }

  /**
   * A run was placed with a runner.
   *
   * @param everyMillis how often its client wants to hear that it is alive, if at all
   */
  public void begin(RunId run, Optional<Long> everyMillis) {
    everyMillis.ifPresent(
        millis -> timers.put(run, vertx.setPeriodic(millis, beat -> readers.beat(run))));
  }

  /** It has ended: nothing may follow its exit. */
  public void end(RunId run) {
    Long timer = timers.remove(run);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
