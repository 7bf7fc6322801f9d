package dev.toxserver.runner.nats;

import dev.toxserver.nats.NatsLink;
import dev.toxserver.protocol.HubReply;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.protocol.Work;
import dev.toxserver.runner.placed.Orders;
import dev.toxserver.runner.placed.PlacedRuns;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The runs that were granted to this runner: what they publish goes to the logs of their
 * placements, and when all of that is kept, a hub is told their end. Belongs to the link's context.
 */
final class Placements implements PlacedRuns.Hub {
  private final NatsLink link;
  private final HubCalls calls;
  private final RunnerAddresses addresses;
  private final PlacedRuns runs;
  private final Orders orders;
  private final Runnable onFree;
  private final Map<RunId, PlacedLog> logs = new HashMap<>();
  private final Set<String> started = Collections.newSetFromMap(new Newest());
  private Consumer<JsonObject> onAnswer = frame -> {};
  private String session = RunnerJoin.newSession();
  private boolean ending;
  private long keptBytes = Long.MAX_VALUE;

  /**
   * None yet.
   *
   * @param onFree is called whenever a run has ended here
   */
  Placements(NatsLink link, HubCalls calls, RunnerAddresses addresses, Runnable onFree) {
    this.link = link;
    this.calls = calls;
    this.addresses = addresses;
    this.runs = new PlacedRuns(link.vertx(), addresses, this, this::freed);
    this.orders = new Orders(link.vertx(), addresses, runs, this);
    this.onFree = onFree;
  }

  RunnerName runner() {
    return addresses.name();
  }

  String session() {
    return session;
  }

  /** Of each run's output the newest so many bytes are enough from now on, as it is in its log. */
  void keep(long bytes) {
    keptBytes = bytes;
    logs.values().forEach(log -> log.keep(bytes));
  }

  /** How much of a run's log is enough. */
  long keptBytes() {
    return keptBytes;
  }

  PlacedRuns runs() {
    return runs;
  }

  /** Whether a run of that id takes a place. */
  boolean isRunning(RunId id) {
    return runs.isRunning(id);
  }

  /** Whether there is one of that id, though it may have ended. */
  boolean has(RunId id) {
    return runs.has(id);
  }

  /** Whether a hub still waits for the end of one of that id. */
  boolean isWanted(RunId id) {
    return logs.containsKey(id);
  }

  /**
   * What is said of them where others look: also which runs are about to be granted, and which are
   * no longer wanted and not yet gone.
   */
  Map<RunId, RunnerJoin.Held> held(Set<RunId> claimed) {
    Map<RunId, RunnerJoin.Held> held = runs.present();
    claimed.forEach(id -> held.putIfAbsent(id, new RunnerJoin.Held("?", 0)));
    return held;
  }

  /**
   * Starts a run that was granted. One that is here already was granted again.
   *
   * @param grantedTo the session that has asked for it
   * @return false if that is over, and its run lost; if an earlier run of that id has not ended; or
   *     if this one has: a hub may be behind, and grant it once more
   */
  boolean start(String grantedTo, Work work, HubReply.Granted granted) {
    RunnerOrder.Start order = work.start(granted);
    RunId id = order.request().id();
    boolean isHere = isSame(id, granted.placement());
    if (ending || !grantedTo.equals(session) || logs.containsKey(id) && !isHere) {
      return false;
    }
    if (!isHere) {
      if (!started.add(granted.placement())) {
        return false;
      }
      logs.put(id, new PlacedLog(link, this, work, granted));
      runs.start(order, RunnerOrderJson.encode(order));
    }
    if (granted.cancelled()) {
      cancel(id);
    }
    return true;
  }

  /** Asks a run to end; nobody need read what it still prints. */
  void cancel(RunId id) {
    PlacedLog log = logs.get(id);
    if (log != null) {
      log.isReadByNobody();
    }
    runs.cancel(id);
  }

  /** The same, unless the order is of another placement of the run. */
  void cancel(RunnerOrder.Cancel order) {
    if (isOf(order.id(), order.placement())) {
      cancel(order.id());
    }
  }

  /**
   * A run's client has taken everything up to an event. What comes late may be of an earlier
   * placement, or of an earlier run of that id, and lets nothing more be printed.
   */
  void read(RunnerOrder.Acknowledge order) {
    if (isOf(order.id(), order.placement())) {
      logs.get(order.id()).read(order.seq());
    }
  }

  /** Whether an order is of the placement of a run that is here. */
  boolean isOf(RunId id, Optional<String> placement) {
    return placement.filter(name -> isSame(id, name)).isPresent();
  }

  /** Carries out any other order. */
  void take(JsonObject order) {
    orders.take(order);
  }

  /** Names who takes the answers to orders. */
  void onAnswer(Consumer<JsonObject> listener) {
    onAnswer = listener;
  }

  /** A run was given up by the hubs, or is somebody else's: it is ended. */
  void abandon(RunId id, String placement) {
    if (isSame(id, placement)) {
      logs.remove(id).close();
      runs.abandon(id);
    }
  }

  /**
   * What it has is ended, and lost. When nothing of that lives any more, this is another runner of
   * the same name: who hears of that may have the runs begun again.
   */
  void abandonAll() {
    ending = true;
    logs.values().forEach(PlacedLog::close);
    logs.clear();
    runs.abandonAll();
    renewIfEnded();
  }

  /** Whether what it had is being ended: it takes nothing meanwhile. */
  boolean isEnding() {
    return ending;
  }

  private void freed() {
    renewIfEnded();
    onFree.run();
  }

  private void renewIfEnded() {
    if (ending && runs.isEmpty()) {
      ending = false;
      session = RunnerJoin.sessionAfter(session);
    }
  }

  /** A run's end is kept, and nothing of it is needed any more. */
  void done(RunId id, String placement, long seq) {
    if (isSame(id, placement)) {
      logs.remove(id).close();
      runs.acknowledge(new RunnerOrder.Acknowledge(id, seq));
    }
  }

  /** The program may print as much more as it has printed up to an event. */
  void release(RunId id, long seq) {
    link.vertx()
        .eventBus()
        .send(
            addresses.acknowledge(), RunnerOrderJson.encode(new RunnerOrder.Acknowledge(id, seq)));
  }

  HubCalls calls() {
    return calls;
  }

  @Override
  public boolean isJoined() {
    return true;
  }

  /** What comes is kept by the run's log from now on, and need not be kept here. */
  @Override
  public void send(RunId run, JsonObject event) {
    PlacedLog log = logs.get(run);
    if (log == null) {
      return;
    }
    log.take(event);
    if (RunEventJson.isExit(event)) {
      onFree.run();
    } else {
      RunEventJson.seqOf(event)
          .ifPresent(seq -> runs.acknowledge(new RunnerOrder.Acknowledge(run, seq)));
    }
  }

  @Override
  public void answer(JsonObject frame) {
    onAnswer.accept(frame);
  }

  /** The placements that were started last: no ticket is left of any that is not among them. */
  private static final class Newest extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST;
    }
  }

  private boolean isSame(RunId id, String placement) {
    PlacedLog log = logs.get(id);
    return log != null && log.placement().equals(placement);
  }
}
