package dev.toxserver.runner.remote;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that the server has placed with this runner: orders go to the runner's own event bus,
 * and what is published there goes to the server. Belongs to the verticle's context.
 */
final class PlacedRuns {
  private final Vertx vertx;
  private final RunnerAddresses addresses;
  private final Hub hub;
  private final Runnable onIdle;
  private final Map<RunId, Placed> runs = new HashMap<>();

  /** The server, as the runs see it. */
  interface Hub {
    /** Whether it takes events now; else they are kept for it. */
    boolean isJoined();

    /** Sends it an event of a run. */
    void send(RunId run, JsonObject event);

    /** Answers it. */
    void answer(JsonObject frame);
  }

  /**
   * None yet.
   *
   * @param onIdle is called when the last has ended
   */
  PlacedRuns(Vertx vertx, RunnerAddresses addresses, Hub hub, Runnable onIdle) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.hub = hub;
    this.onIdle = onIdle;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Those that the server may still want. */
  Map<RunId, RunnerJoin.Held> held() {
    Map<RunId, RunnerJoin.Held> held = new HashMap<>();
    runs.forEach(
        (id, run) -> {
          if (run.isWanted()) {
            held.put(id, run.held());
          }
        });
    return held;
  }

  /**
   * The server is there again: it is sent what it has not got. Runs that it does not wait for are
   * ended.
   *
   * @param from the event of each run that it takes next
   */
  void resume(Map<RunId, Long> from) {
    for (RunId id : List.copyOf(runs.keySet())) {
      Placed run = runs.get(id);
      if (!from.containsKey(id)) {
        abandon(id);
      } else {
        run.outbox().from(from.get(id)).forEach(event -> hub.send(id, event));
      }
    }
  }

  /** Nobody waits for any of them: they are ended. */
  void abandonAll() {
    List.copyOf(runs.keySet()).forEach(this::abandon);
  }

  /** Asks all of them to end. */
  void cancelAll() {
    runs.keySet().forEach(this::cancel);
  }

  /**
   * Carries out an order.
   *
   * @throws MalformedException if it is none for this runner
   */
  void order(JsonObject frame) {
    String address = frame.getString("address", "");
    if (!(frame.getValue("body") instanceof JsonObject body)
        || !addresses.all().contains(address)) {
      throw new MalformedException("address", "is none of this runner's");
    }
    if (address.equals(addresses.start())) {
      start(body);
    } else if (address.equals(addresses.input())) {
      input(frame, body);
    } else {
      if (address.equals(addresses.acknowledge())) {
        acknowledge(RunnerOrderJson.decodeAcknowledge(body));
      }
      vertx.eventBus().send(address, body);
    }
  }

  /** One that is there already was ordered again since the server could not know that. */
  private void start(JsonObject body) {
    RunnerOrder.Start order = RunnerOrderJson.decodeStart(body);
    RunId id = order.request().id();
    String placement =
        order.placement().orElseThrow(() -> new MalformedException("placement", "is missing"));
    if (runs.containsKey(id)) {
      if (!runs.get(id).isWanted()) {
        refuse(order);
      }
      return;
    }
    MessageConsumer<JsonObject> consumer =
        vertx.eventBus().localConsumer(Addresses.output(id), event -> event(id, event.body()));
    runs.put(id, new Placed(placement, new Outbox(order.nextSeq()), consumer, true));
    vertx.eventBus().send(addresses.start(), body);
  }

  private void refuse(RunnerOrder.Start order) {
    String why = "an earlier run of this id, which was lost, has not ended yet";
    hub.send(
        order.request().id(),
        RunEventJson.encode(
            new RunEvent.Exit(
                order.nextSeq(), RunEvent.Exit.NOT_STARTED, false, Optional.of(why))));
  }

  private void input(JsonObject frame, JsonObject body) {
    vertx
        .eventBus()
        .<JsonObject>request(addresses.input(), body)
        .onSuccess(taken -> hub.answer(Frames.answer(frame, taken.body())))
        .onFailure(
            failure -> {
              int code =
                  failure instanceof ReplyException refused
                      ? refused.failureCode()
                      : ErrorCode.INTERNAL.number();
              hub.answer(Frames.error(frame, code, failure.getMessage()));
            });
  }

  private void acknowledge(RunnerOrder.Acknowledge order) {
    Placed run = runs.get(order.id());
    if (run != null) {
      run.outbox().acknowledge(order.seq());
      forgetIfDone(order.id(), run);
    }
  }

  private void event(RunId id, JsonObject event) {
    Placed run = runs.get(id);
    if (!run.isWanted()) {
      if (RunEventJson.isExit(event)) {
        forget(id, run);
      } else {
        // Else it would wait for room in its window, and not notice that it is to end.
        RunEventJson.seqOf(event).ifPresent(seq -> release(id, seq));
      }
      return;
    }
    if (RunEventJson.seqOf(event).isPresent()) {
      run.outbox().add(event);
    }
    if (hub.isJoined()) {
      hub.send(id, event);
    } else if (RunEventJson.isNotice(event)) {
      run.outbox().addNotice(event);
    }
  }

  private void abandon(RunId id) {
    Placed run = runs.get(id);
    if (!run.isWanted()) {
      return;
    }
    runs.put(id, run.unwanted());
    long last = run.outbox().nextSeq() - 1;
    if (run.outbox().hasEnded()) {
      forget(id, run);
      return;
    }
    cancel(id);
    release(id, last);
  }

  private void cancel(RunId id) {
    vertx.eventBus().send(addresses.cancel(), RunnerOrderJson.encode(new RunnerOrder.Cancel(id)));
  }

  private void release(RunId id, long seq) {
    if (seq >= 0) {
      vertx
          .eventBus()
          .send(
              addresses.acknowledge(),
              RunnerOrderJson.encode(new RunnerOrder.Acknowledge(id, seq)));
    }
  }

  private void forgetIfDone(RunId id, Placed run) {
    if (run.outbox().isDone()) {
      forget(id, run);
    }
  }

  private void forget(RunId id, Placed run) {
    run.consumer().unregister();
    runs.remove(id);
    if (runs.isEmpty()) {
      onIdle.run();
    }
  }
}
