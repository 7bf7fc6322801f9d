package dev.toxserver.server.runners;

import dev.toxserver.BridgeSocket;
import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Labels;
import dev.toxserver.protocol.RunEvent;
import dev.toxserver.protocol.RunEventJson;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.RunnerJoin;
import dev.toxserver.protocol.RunnerName;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A runner that has joined a server, and does only what the test says. */
public final class JoinedRunner implements AutoCloseable {
  static final int WINDOW = 65_536;

  private final int port;
  private final BridgeSocket socket;
  private final RunnerName name;
  private final String session;

  /** What the starts that came have called each run. */
  private final Map<String, String> placements = new HashMap<>();

  /** Connects, and has not joined yet. */
  JoinedRunner(int port, String name, String session) throws IOException {
    this.port = port;
    this.socket = new BridgeSocket(port);
    this.name = new RunnerName(name);
    this.session = session;
  }

  /** One that has joined, and can take one run. */
  public static JoinedRunner join(int port, String name, String... labels) throws IOException {
    JoinedRunner runner = new JoinedRunner(port, name, "first");
    runner.join(Map.of(), labels);
    return runner;
  }

  /** The same runner with another connection, by which it has not joined yet. */
  JoinedRunner back() throws IOException {
    JoinedRunner back = new JoinedRunner(port, name.value(), session);
    back.placements.putAll(placements);
    return back;
  }

  public void hangUp() throws IOException {
    socket.close();
  }

  BridgeSocket socket() {
    return socket;
  }

  /** What the server answers to a join: its body, or the whole err frame. */
  JsonObject join(Map<RunId, Long> runs, String... labels) throws IOException {
    return join("test", 1, runs, labels);
  }

  JsonObject join(String version, int capacity, Map<RunId, Long> runs, String... labels)
      throws IOException {
    Map<RunId, RunnerJoin.Held> held = new HashMap<>();
    runs.forEach(
        (id, next) ->
            held.put(
                id, new RunnerJoin.Held(placements.getOrDefault(id.value(), "unknown"), next)));
    socket.send(
        Frames.join(
            new RunnerJoin(
                name, session, version, new Labels(List.of(labels)), capacity, WINDOW, 0, held),
            "join"));
    JsonObject frame = socket.next();
    return frame.getString("type").equals("err") ? frame : frame.getJsonObject("body");
  }

  /** Takes no more runs, and ends with the one that it has. */
  public void leave(String id, String... labels) throws IOException {
    join("test", 0, Map.of(new RunId(id), 1L), labels);
  }

  /** The next order, which must be of that kind: its body. */
  public JsonObject order(String kind) throws IOException {
    return socket.nextFrom("tox.runner." + name + "." + kind);
  }

  /** The next order is to start a run; the number of its first event. */
  public long start(String id) throws IOException {
    JsonObject order = order("start");
    if (!order.getJsonObject("run").getString("id").equals(id)) {
      throw new AssertionError(order.encode());
    }
    placements.put(id, order.getString("placement"));
    return order.getLong("nextSeq");
  }

  public void publish(String id, RunEvent event) throws IOException {
    socket.send(Frames.event(new RunId(id), RunEventJson.encode(event)));
  }

  void publish(String id, JsonObject event) throws IOException {
    socket.send(Frames.order(Addresses.output(new RunId(id)), event, java.util.Optional.empty()));
  }

  /** Waits until all that was sent was taken in, and nothing was wrong with it. */
  void awaitPong() throws IOException {
    socket.send(Frames.ping());
    JsonObject frame = socket.next();
    while (!frame.getString("type").equals("pong")) {
      if (frame.getString("type").equals("err")) {
        throw new AssertionError(frame.encode());
      }
      frame = socket.next();
    }
  }

  /** Why the server has closed the connection, as its last word says. */
  String lastWord() throws IOException {
    JsonObject frame = socket.next();
    while (!frame.getString("type").equals("err")) {
      frame = socket.next();
    }
    socket.isClosedByServer();
    return frame.getString("message");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
