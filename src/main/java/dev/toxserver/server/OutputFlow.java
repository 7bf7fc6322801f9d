package dev.toxserver.server;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunnerOrder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Follows one run's events and acknowledges them to the runner once every reader's socket can take
 * more: the stock bridge never looks at a full socket (its issue 69), so memory would grow without
 * bound.
 *
 * <p>The acknowledgement goes over the event bus, and so works with a runner on another machine.
 */
final class OutputFlow {
  private static final Logger LOG = Logger.getLogger(OutputFlow.class.getName());

  private final Vertx vertx;
  private final Run run;
  private final ServerConfig.Patience patience;
  private final Connections connections;
  private final Promise<Void> ended = Promise.promise();
  private long latest = -1;
  private long acknowledged = -1;
  private boolean waiting;

  OutputFlow(Vertx vertx, Run run, ServerConfig.Patience patience, Connections connections) {
    this.vertx = vertx;
    this.run = run;
    this.patience = patience;
    this.connections = connections;
  }

  /** Follows the run; completes after its exit event. */
  Future<Void> start() {
    MessageConsumer<JsonObject> consumer = vertx.eventBus().consumer(Addresses.output(run.id()));
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
    Optional<Connection> full = connections.firstFull(run.id());
    if (full.isPresent()) {
      waitFor(full.get());
      return;
    }
    acknowledged = latest;
    vertx
        .eventBus()
        .send(
            Addresses.RUNNER_ACKNOWLEDGE,
            new RunnerOrder.Acknowledge(run.id(), acknowledged).toJson());
  }

  /** Not for ever: a reader that takes nothing holds up the run for all the others. */
  private void waitFor(Connection reader) {
    waiting = true;
    boolean requester = run.requester().filter(reader::equals).isPresent();
    long millis = requester ? patience.requesterMillis() : patience.onlookerMillis();
    long timer = vertx.setTimer(millis, late -> evict(reader, millis));
    reader.onWritable(
        () -> {
          vertx.cancelTimer(timer);
          writableAgain();
        });
  }

  private void evict(Connection reader, long millis) {
    LOG.log(
        Level.WARNING,
        "run {0}: {1} is disconnected: it took no output for {2} s",
        new Object[] {run.id(), reader, millis / 1000.0});
    reader.evict();
  }

  private void writableAgain() {
    waiting = false;
    acknowledge();
  }
}
