package dev.toxserver.runner.placed;

import dev.toxserver.protocol.RunnerJoin;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;

/**
 * A run that the server has placed with this runner.
 *
 * @param placement the name that its start came with
 * @param outbox what the server has not acknowledged
 * @param consumer takes what the run publishes
 * @param isWanted whether the server still wants to know of it
 */
record Placed(
    String placement, Outbox outbox, MessageConsumer<JsonObject> consumer, boolean isWanted) {

  /** The same, when nobody waits for it any more. */
  Placed unwanted() {
    return new Placed(placement, new Outbox(0), consumer, false);
  }

  /** What is said of it when the runner joins. */
  RunnerJoin.Held held() {
    return new RunnerJoin.Held(placement, outbox.nextSeq());
  }
}
