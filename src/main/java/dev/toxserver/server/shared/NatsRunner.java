package dev.toxserver.server.shared;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.nats.Stored;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.server.door.Budget;
import dev.toxserver.server.runners.RemoteInputs;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the orders of one runner on this hub's event bus and sends them over NATS, those that may
 * have been lost again and again. Its starts are not among them: it pulls its runs. Belongs to the
 * server's context.
 */
final class NatsRunner {
  /** Longer than from one time that is asked to the next: an answer in between is heard. */
  private static final long ANSWER_MILLIS = 3_000;

  private final NatsLink link;
  private final RunnerAddresses addresses;
  private final RemoteInputs inputs;
  private final Function<RunId, Optional<String>> placements;
  private final List<MessageConsumer<JsonObject>> consumers;

  /** Of each run the order that says how far its client has come. */
  private final Map<RunId, JsonObject> newest = new HashMap<>();

  /** Of each run the last size of its terminal, until that was sent twice. */
  private final Map<RunId, Request.Resize> sizes = new HashMap<>();

  /**
   * Takes orders from now on.
   *
   * @param budget for the input that runners have not taken
   * @param placements the name of the placement by which a run is there that has not ended
   */
  NatsRunner(
      EventBus eventBus,
      NatsLink link,
      RunnerName name,
      Budget budget,
      Function<RunId, Optional<String>> placements) {
    this.link = link;
    this.addresses = new RunnerAddresses(name);
    this.inputs = new RemoteInputs(this::ask, budget);
    this.placements = placements;
    this.consumers =
        List.of(
            eventBus.consumer(addresses.acknowledge(), this::acknowledge),
            eventBus.consumer(addresses.resize(), this::resize),
            eventBus.consumer(addresses.input(), inputs::ask));
  }

  /** Tells again what may have been missed. To be called every other second. */
  void repeat() {
    newest.values().forEach(order -> send(order, addresses.acknowledge()));
    sizes.values().forEach(this::resize);
    sizes.clear();
    inputs.askAgain();
  }

  /** Has a run end. To be called again until it has ended. */
  void cancel(RunId run) {
    send(
        RunnerOrderJson.encode(new RunnerOrder.Cancel(run, placements.apply(run))),
        addresses.cancel());
  }

  /** A run has ended, or is elsewhere now. */
  void ended(RunId run) {
    newest.remove(run);
    sizes.remove(run);
    inputs.end(run);
  }

  /** The runner is gone for good. */
  void close() {
    consumers.forEach(MessageConsumer::unregister);
    inputs.close();
  }

  private void acknowledge(Message<JsonObject> order) {
    RunnerOrder.Acknowledge read = RunnerOrderJson.decodeAcknowledge(order.body());
    if (read.placement().isPresent() && read.placement().equals(placements.apply(read.id()))) {
      newest.put(read.id(), order.body());
      send(order.body(), order.address());
    }
  }

  private void resize(Message<JsonObject> order) {
    Request.Resize size = RunnerOrderJson.decodeResize(order.body()).request();
    sizes.put(size.id(), size);
    resize(size);
  }

  private void resize(Request.Resize size) {
    Optional<String> placement = placements.apply(size.id());
    send(RunnerOrderJson.encode(new RunnerOrder.Resize(size, placement)), addresses.resize());
  }

  private void send(JsonObject body, String address) {
    link.publish(Stored.of(address, Frames.order(address, body, Optional.empty()).toBuffer()));
  }

  /** A runner that does not have that placement does not answer, and is asked again. */
  private void ask(JsonObject frame) {
    RunnerOrder.Input input = RunnerOrderJson.decodeInput(frame.getValue("body"));
    Optional<String> placement = placements.apply(input.request().id());
    JsonObject body = RunnerOrderJson.encode(new RunnerOrder.Input(input.request(), placement));
    link.request(
            Stored.of(addresses.input(), frame.copy().put("body", body).toBuffer()), ANSWER_MILLIS)
        .map(answer -> answer.body().toJsonObject())
        .onSuccess(inputs::isAnswered);
  }
}
