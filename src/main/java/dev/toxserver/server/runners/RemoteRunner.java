package dev.toxserver.server.runners;

import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerOrder;
import dev.toxserver.protocol.RunnerOrderJson;
import dev.toxserver.server.door.Connection;
import dev.toxserver.server.door.Connections;
import dev.toxserver.server.door.RunnerFrames;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A runner elsewhere: takes its orders on the event bus, as the server's own does, and sends them
 * over the connection by which it has joined; publishes what it sends of the runs that were placed
 * with it, and nothing else. While it is away, its runs wait. Belongs to the server's context.
 */
final class RemoteRunner implements RunnerFrames {
  private final Vertx vertx;
  private final String session;
  private final int windowBytes;
  private final Runner runner;
  private final BiConsumer<RemoteRunner, String> onGone;
  private final Map<RunId, RemoteRun> runs = new LinkedHashMap<>();
  private final RemoteInputs inputs = new RemoteInputs(this::send);
  private final List<MessageConsumer<?>> orders = new ArrayList<>();
  private final Readers readers;
  private final Heartbeats heartbeats;
  private final RunnerEvents events;
  private final Absence absence;
  private Optional<Connection> connection = Optional.empty();

  /**
   * One that joins now.
   *
   * @param graceMillis how long it may be away
   * @param onGone is told, once, when it is no longer expected, and why
   */
  RemoteRunner(
      Vertx vertx,
      Connections connections,
      RunnerJoin join,
      long graceMillis,
      BiConsumer<RemoteRunner, String> onGone) {
    this.vertx = vertx;
    this.session = join.session();
    this.windowBytes = join.windowBytes();
    this.runner = new Runner(join.name(), join.version());
    this.onGone = onGone;
    this.readers = new Readers(vertx, connections);
    this.heartbeats = new Heartbeats(vertx, readers);
    this.events = new RunnerEvents(runner.name(), runs, readers, this::ended);
    this.absence =
        new Absence(vertx, runner, readers, runs.values(), graceMillis, why -> leave(why));
    order(runner.addresses().start(), this::start);
    order(runner.addresses().cancel(), this::cancel);
    order(runner.addresses().acknowledge(), this::acknowledge);
    order(runner.addresses().input(), inputs::ask);
    order(runner.addresses().resize(), this::resize);
  }

  Runner runner() {
    return runner;
  }

  boolean isOfSession(String other) {
    return session.equals(other);
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
    orders.forEach(MessageConsumer::unregister);
    onGone.accept(this, why);
    for (RemoteRun run : runs.values()) {
      heartbeats.end(run.id());
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

  private void start(Message<JsonObject> message) {
    RemoteRun run = new RemoteRun(RunnerOrderJson.decodeStart(message.body()), windowBytes);
    runs.put(run.id(), run);
    heartbeats.begin(run);
    // It is sent again until it is there: an answer that comes late must not look like none.
    message.reply(new JsonObject());
    send(runner.addresses().start(), run.start());
  }

  private void cancel(Message<JsonObject> message) {
    RemoteRun run = runs.get(RunnerOrderJson.decodeCancel(message.body()).id());
    if (run != null) {
      run.cancel();
      send(message.address(), message.body());
    }
  }

  private void acknowledge(Message<JsonObject> message) {
    RunnerOrder.Acknowledge order = RunnerOrderJson.decodeAcknowledge(message.body());
    RemoteRun run = runs.get(order.id());
    if (run != null) {
      run.acknowledge(order.seq());
      send(message.address(), message.body());
    }
  }

  private void resize(Message<JsonObject> message) {
    RemoteRun run = runs.get(RunnerOrderJson.decodeResize(message.body()).request().id());
    if (run != null) {
      run.resize(message.body());
      send(message.address(), message.body());
    }
  }

  private void order(String address, Handler<Message<JsonObject>> handler) {
    orders.add(vertx.eventBus().<JsonObject>localConsumer(address, handler));
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
