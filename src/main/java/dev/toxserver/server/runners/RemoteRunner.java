package dev.toxserver.server.runners;

import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.server.door.Budget;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RunnerFrames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A runner elsewhere: its orders go over the connection by which it has joined; publishes what it
 * sends of the runs that were placed with it, and nothing else. While it is away, its runs wait.
 * Belongs to the server's context.
 */
final class RemoteRunner implements RunnerFrames {
  private final String session;
  private final Runner runner;
  private final BiConsumer<RemoteRunner, String> onGone;
  private final Map<RunId, RemoteRun> runs = new LinkedHashMap<>();
  private final RemoteInputs inputs;
  private final RemoteOrders orders;
  private final Readers readers;
  private final Heartbeats heartbeats;
  private final RunnerEvents events;
  private final Absence absence;
  private Optional<Connection> connection = Optional.empty();

  /**
   * One that joins now.
   *
   * @param budget for what the server holds of all runs elsewhere
   * @param graceMillis how long it may be away
   * @param onGone is told, once, when it is no longer expected, and why
   */
  RemoteRunner(
      Vertx vertx,
      Connections connections,
      RunnerJoin join,
      Budget budget,
      long graceMillis,
      BiConsumer<RemoteRunner, String> onGone) {
    this.session = join.session();
    this.runner = new Runner(join.name(), join.version());
    this.inputs = new RemoteInputs(this::send, budget);
    this.onGone = onGone;
    this.readers = new Readers(vertx, connections);
    this.heartbeats = new Heartbeats(vertx, readers);
    this.events = new RunnerEvents(runner.name(), runs, readers, this::ended);
    this.absence =
        new Absence(vertx, runner, readers, runs.values(), graceMillis, why -> leave(why));
    this.orders =
        new RemoteOrders(
            vertx.eventBus(),
            runner.addresses(),
            runs,
            order -> new RemoteRun(order, join.windowBytes(), budget, readers::cutOffSlow),
            run -> heartbeats.begin(run.id(), run.heartbeatMillis()),
            this::send);
    orders.take(inputs::ask);
  }

  Runner runner() {
    return runner;
  }

  boolean isOfSession(String other) {
    return session.equals(other);
  }

  /** Why what it has is lost when it joins in a later session. */
  String whyLost(String later) {
    return AbsenceNotice.lost(runner.name(), session, later);
  }

  boolean isConnected() {
    return connection.isPresent();
  }

  String address() {
    return runner.status().address();
  }

  /**
   * It joins over a connection, be it the one that it has.
   *
   * @throws MalformedException if it lacks events of a run that did not come before
   */
  void join(Connection newConnection, JsonObject frame, RunnerJoin join) {
    Map<RunId, Long> known = new LinkedHashMap<>();
    runs.values().stream()
        .filter(run -> run.isHeldAs(join.runs().get(run.id())))
        .forEach(run -> known.put(run.id(), run.nextSeq()));
    known.forEach(
        (id, next) -> {
          if (join.runs().get(id).next() < next) {
            throw new MalformedException("runs", "events of run " + id + " came, and are no more");
          }
        });
    runner.offers(join.labels(), join.capacity());
    boolean isNew = !connection.equals(Optional.of(newConnection));
    if (isNew) {
      connectBy(newConnection);
    }
    newConnection.answer(Frames.encode(Frames.answer(frame, RunnerJoin.answer(known))));
    if (isNew) {
      runs.values().forEach(run -> tellAgain(run, known.containsKey(run.id())));
      inputs.askAgain();
    }
  }

  private void connectBy(Connection newConnection) {
    Optional<Connection> old = connection;
    connection = Optional.of(newConnection);
    old.ifPresent(Connection::evict);
    newConnection.onClosed(() -> lost(newConnection));
    absence.end(newConnection);
  }

  private void tellAgain(RemoteRun run, boolean isThere) {
    if (!isThere) {
      send(runner.addresses().start(), run.start());
    }
    if (run.acknowledged() >= 0) {
      acknowledge(run.id(), run.acknowledged());
    }
    run.size().ifPresent(size -> send(runner.addresses().resize(), size));
    if (run.isCancelled()) {
      send(runner.addresses().cancel(), RunnerOrderJson.encode(new RunnerOrder.Cancel(run.id())));
    }
  }

  private void lost(Connection closed) {
    if (!connection.equals(Optional.of(closed))) {
      return;
    }
    connection = Optional.empty();
    if (runner.isLeaving() && runs.isEmpty()) {
      leave("it has left");
    } else {
      absence.begin();
    }
  }

  /** It is no longer expected: its runs are lost. */
  void leave(String why) {
    absence.end();
    connection = Optional.empty();
    orders.end();
    onGone.accept(this, why);
    for (RemoteRun run : runs.values()) {
      heartbeats.end(run.id());
      run.end();
      String lost = "the run is lost: " + why;
      readers.tell(run.id(), RunEvent.Exit.lost(run.nextSeq(), run.isCancelled(), lost));
    }
    runs.clear();
    inputs.close();
  }

  @Override
  public boolean takeOutput(Buffer payload) {
    Optional<OutputFrame.Encoded> output = OutputFrame.read(payload);
    output.ifPresent(found -> honestly(() -> events.take(found)));
    return output.isPresent();
  }

  @Override
  public void take(JsonObject frame) {
    if (!inputs.isAnswered(frame) && !"err".equals(frame.getString("type"))) {
      honestly(() -> events.take(frame));
    }
  }

  /** Who breaks the rules once is not waited for, and what it has is lost. */
  private void honestly(Runnable action) {
    try {
      action.run();
    } catch (MalformedException e) {
      leave("the runner " + runner.name() + " broke the protocol: " + e.getMessage());
      throw e;
    }
  }

  private void ended(RunId id, long seq) {
    heartbeats.end(id);
    inputs.end(id);
    acknowledge(id, seq);
  }

  private void acknowledge(RunId id, long seq) {
    send(
        runner.addresses().acknowledge(),
        RunnerOrderJson.encode(new RunnerOrder.Acknowledge(id, seq)));
  }

  private void send(String address, JsonObject body) {
    send(Frames.order(address, body, Optional.empty()));
  }

  private void send(JsonObject frame) {
    connection.ifPresent(open -> open.answer(Frames.encode(frame)));
  }
}
