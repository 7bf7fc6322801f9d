package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows one run's events and acknowledges them to the runner once every reader's socket can take
 * more: the stock bridge never looks at a full socket (its issue 69), so memory would grow without
 * bound.
 *
 * <p>The acknowledgement goes over the event bus, and so works with a runner on another machine.
 */
final class OutputFlow {
  private final Vertx vertx;
  private final RunId id;
  private final Connections connections;
  private final Promise<Void> ended = Promise.promise();
  private long latest = -1;
  private long acknowledged = -1;
  private boolean waiting;

  OutputFlow(Vertx vertx, RunId id, Connections connections) {
    this.vertx = vertx;
    this.id = id;
    this.connections = connections;
  }

  /** Follows the run; completes after its exit event. */
  Future<Void> start() {
    MessageConsumer<JsonObject> consumer = vertx.eventBus().consumer(Addresses.output(id));
    consumer.handler(message -> event(message.body()));
    return ended.future().onComplete(done -> consumer.unregister());
  }

  private void event(JsonObject body) {
    OptionalLong seq = RunEventJson.seqOf(body);
    if (seq.isEmpty()) {
      return;
    }
    latest = seq.getAsLong();
    // Behind the deliveries of the same event to the sockets.
    vertx.runOnContext(
        behind -> {
          acknowledge();
          if (RunEventJson.isExit(body)) {
            ended.tryComplete();
          }
        });
  }

  private void acknowledge() {
    if (waiting || acknowledged == latest) {
      return;
    }
    Optional<Connection> full = connections.firstFull(id);
    if (full.isPresent()) {
      waiting = true;
      full.get().onWritable(this::writableAgain);
      return;
    }
    acknowledged = latest;
    vertx
        .eventBus()
        .send(Addresses.RUNNER_ACKNOWLEDGE, new RunnerOrder.Acknowledge(id, acknowledged).toJson());
  }

  private void writableAgain() {
    waiting = false;
    acknowledge();
  }
}
