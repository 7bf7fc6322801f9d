package dev.toxserver.runner.placed;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.Request;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that the server has placed with this runner: what they publish on the runner's own event
 * bus goes to the server. Belongs to the verticle's context.
 */
public final class PlacedRuns {
  private final Vertx vertx;
  private final RunnerAddresses addresses;
  private final Hub hub;
  private final Runnable onEnded;
  private final Map<RunId, Placed> runs = new HashMap<>();

  /** The starts of those whose id an earlier run still has; the server orders them again. */
  private final Map<RunId, RunnerOrder.Start> later = new HashMap<>();

  /** The server, as the runs see it. */
  public interface Hub {
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
   * @param onEnded is called whenever one was forgotten: it has ended, and nobody waits for more
   */
  public PlacedRuns(Vertx vertx, RunnerAddresses addresses, Hub hub, Runnable onEnded) {
    this.vertx = vertx;
    this.addresses = addresses;
    this.hub = hub;
    this.onEnded = onEnded;
  }

  /** Whether there is none, and none is still to be ended. */
  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Those that the server may still want. */
  public Map<RunId, RunnerJoin.Held> held() {
    Map<RunId, RunnerJoin.Held> held = new HashMap<>();
    runs.forEach(
        (id, run) -> {
          if (run.isWanted()) {
            held.put(id, run.held());
          }
        });
    return held;
  }

  /** All that have not been forgotten: of those that nobody wants, something may still live. */
  public Map<RunId, RunnerJoin.Held> present() {
    Map<RunId, RunnerJoin.Held> present = new HashMap<>();
    runs.forEach((id, run) -> present.put(id, run.held()));
    return present;
  }

  /**
   * The server is there again: it is sent what it has not got. Runs that it does not wait for are
   * ended.
   *
   * @param from the event of each run that it takes next
   */
  public void resume(Map<RunId, Long> from) {
    later.clear();
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
  public void abandonAll() {
    later.clear();
    List.copyOf(runs.keySet()).forEach(this::abandon);
  }

  /** Asks all of them to end. */
  public void cancelAll() {
    List.copyOf(runs.keySet()).forEach(this::cancel);
  }

  /**
   * Has a run carried out. One that is there already was ordered again since the server could not
   * know that. One whose id an earlier run has, which was lost and is to end, begins when that has
   * ended.
   *
   * @param body the order, as it came
   */
  public void start(RunnerOrder.Start order, JsonObject body) {
    RunId id = order.request().id();
    String placement =
        order.placement().orElseThrow(() -> new MalformedException("placement", "is missing"));
    if (!runs.containsKey(id)) {
      MessageConsumer<JsonObject> consumer =
          vertx.eventBus().localConsumer(Addresses.output(id), event -> event(id, event.body()));
      runs.put(id, new Placed(placement, new Outbox(order.nextSeq()), consumer, true));
      vertx.eventBus().send(addresses.start(), body);
    } else if (!runs.get(id).isWanted()) {
      later.put(id, order);
    }
  }

  /** Everything of a run up to an event was taken by the server. */
  public void acknowledge(RunnerOrder.Acknowledge order) {
    Placed run = runs.get(order.id());
    if (run != null) {
      run.outbox().acknowledge(order.seq());
      forgetIfDone(order.id(), run);
    }
  }

  /** Asks a run to end; one that has not begun never will. */
  public void cancel(RunId id) {
    RunnerOrder.Start start = later.remove(id);
    if (start != null) {
      hub.send(
          id,
          RunEventJson.encode(
              new RunEvent.Exit(start.nextSeq(), RunEvent.Exit.CANCELLED, true, Optional.empty())));
    }
    vertx.eventBus().send(addresses.cancel(), RunnerOrderJson.encode(new RunnerOrder.Cancel(id)));
  }

  /** Whether there is one of that id, though it may have ended. */
  public boolean has(RunId id) {
    return runs.containsKey(id);
  }

  /** Whether a run has a place here: it is there, or is to be ended, and has not ended. */
  public boolean isRunning(RunId id) {
    Placed run = runs.get(id);
    return run != null && !run.outbox().hasEnded();
  }

  /** Whether the server's run of that id waits for the end of an earlier one. */
  boolean isLater(RunId id) {
    return later.containsKey(id);
  }

  /** Gives a run's terminal another size; of one that has not begun, the terminal it will have. */
  void resize(RunnerOrder.Resize order) {
    Request.Resize request = order.request();
    if (later.computeIfPresent(request.id(), (id, start) -> start.with(request.size())) == null) {
      vertx.eventBus().send(addresses.resize(), RunnerOrderJson.encode(order));
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

  /** Nobody waits for a run any more: it is ended. */
  public void abandon(RunId id) {
    Placed run = runs.get(id);
    if (run == null || !run.isWanted()) {
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
    RunnerOrder.Start next = later.remove(id);
    if (next != null) {
      start(next, RunnerOrderJson.encode(next));
    } else {
      onEnded.run();
    }
  }
}
