package dev.toxserver.server.runners;

import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes the orders of a runner elsewhere on the event bus, as the server's own runner does, notes
 * what it would have to be told again, and sends them. Belongs to the server's context.
 */
final class RemoteOrders {
  private final EventBus eventBus;
  private final RunnerAddresses addresses;
  private final Map<RunId, RemoteRun> runs;
  private final Function<RunnerOrder.Start, RemoteRun> runOf;
  private final Consumer<RemoteRun> onPlaced;
  private final BiConsumer<String, JsonObject> sender;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();

  /**
   * Takes none yet.
   *
   * @param runs those that the runner has; one that is placed with it is put in
   * @param onPlaced is called before the runner is told
   * @param sender sends a body from an address, or does not while there is no connection
   */
  RemoteOrders(
      EventBus eventBus,
      RunnerAddresses addresses,
      Map<RunId, RemoteRun> runs,
      Function<RunnerOrder.Start, RemoteRun> runOf,
      Consumer<RemoteRun> onPlaced,
      BiConsumer<String, JsonObject> sender) {
    this.eventBus = eventBus;
    this.addresses = addresses;
    this.runs = runs;
    this.runOf = runOf;
    this.onPlaced = onPlaced;
    this.sender = sender;
  }

  /** Takes them from now on; those with input are somebody else's. */
  void take(Handler<Message<JsonObject>> input) {
    consume(addresses.start(), this::start);
    consume(addresses.cancel(), this::cancel);
    consume(addresses.acknowledge(), this::acknowledge);
    consume(addresses.input(), input);
    consume(addresses.resize(), this::resize);
  }

  /** Takes no more. */
  void end() {
    consumers.forEach(MessageConsumer::unregister);
  }

  private void start(Message<JsonObject> message) {
    RemoteRun run = runOf.apply(RunnerOrderJson.decodeStart(message.body()));
    runs.put(run.id(), run);
    onPlaced.accept(run);
    // It is sent again until it is there: an answer that comes late must not look like none.
    message.reply(new JsonObject());
    sender.accept(addresses.start(), run.start());
  }

  private void cancel(Message<JsonObject> message) {
    RemoteRun run = runs.get(RunnerOrderJson.decodeCancel(message.body()).id());
    if (run != null) {
      run.cancel();
      sender.accept(message.address(), message.body());
    }
  }

  private void acknowledge(Message<JsonObject> message) {
    RunnerOrder.Acknowledge order = RunnerOrderJson.decodeAcknowledge(message.body());
    RemoteRun run = runs.get(order.id());
    if (run != null) {
      run.acknowledge(order.seq());
      sender.accept(message.address(), message.body());
    }
  }

  private void resize(Message<JsonObject> message) {
    RemoteRun run = runs.get(RunnerOrderJson.decodeResize(message.body()).request().id());
    if (run != null) {
      run.resize(message.body());
      sender.accept(message.address(), message.body());
    }
  }

  private void consume(String address, Handler<Message<JsonObject>> handler) {
    consumers.add(eventBus.<JsonObject>localConsumer(address, handler));
  }
}
