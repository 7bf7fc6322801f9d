package dev.toxserver.server;

import dev.toxserver.BridgeSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client that asks for runs and reads them, and says what it was answered. */
public final class TestClient implements AutoCloseable {
  private final BridgeSocket socket;

  public TestClient(int port) throws IOException {
    socket = new BridgeSocket(port);
  }

  public BridgeSocket socket() {
    return socket;
  }

  /** Registers, and asks for a run. */
  public void run(String id) throws IOException {
    socket.register(id);
    run(new JsonObject().put("id", id).put("args", new JsonArray().add("-e")));
  }

  /** Asks for a run that it will not read. */
  public JsonObject run(JsonObject request) throws IOException {
    return answer("tox.run", request);
  }

  /** Registers, and asks for a run in a terminal. */
  public void runInTerminal(String id) throws IOException {
    socket.register(id);
    run(
        new JsonObject()
            .put("id", id)
            .put("args", new JsonArray())
            .put(
                "terminal",
                new JsonObject().put("columns", 100).put("rows", 30).put("term", "xterm")));
  }

  /** Registers, and asks for a program beside the queue; the answer. */
  public JsonObject exec(String id) throws IOException {
    socket.register(id);
    return run(program(id));
  }

  static JsonObject program(String id) {
    return new JsonObject().put("id", id).put("program", new JsonArray().add("bash"));
  }

  public void runDetached(String id) throws IOException {
    run(new JsonObject().put("id", id).put("args", new JsonArray()).put("detach", true));
  }

  /** The answer to an attach; the events follow it. */
  public JsonObject attach(String id, long from) throws IOException {
    return answer("tox.attach", new JsonObject().put("id", id).put("from", from));
  }

  /** Attaches as the client that asked for the run. */
  public JsonObject comeBack(String id, long from) throws IOException {
    return answer(
        "tox.attach", new JsonObject().put("id", id).put("from", from).put("requester", true));
  }

  /** Attaches and takes the run over. */
  public JsonObject take(String id) throws IOException {
    return answer("tox.attach", new JsonObject().put("id", id).put("from", 0).put("take", true));
  }

  public void acknowledge(String id, long seq) throws IOException {
    answer("tox.acknowledge", new JsonObject().put("id", id).put("seq", seq));
  }

  public JsonObject answer(String address, JsonObject request) throws IOException {
    socket.request(address, request);
    return socket.nextFrom("reply");
  }

  /** The message of the error that answers a request. */
  public String refusal(String address, JsonObject request, int code) throws IOException {
    socket.request(address, request);
    JsonObject frame = socket.next();
    if (!"err".equals(frame.getString("type")) || frame.getInteger("failureCode") != code) {
      throw new AssertionError("no error " + code + ": " + frame.encode());
    }
    return frame.getString("message");
  }

  public JsonObject event(String id) throws IOException {
    return socket.nextFrom("tox.output." + id);
  }

  /** Reads a run's events until this was printed. */
  public void awaitText(String id, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      read.append(Events.text(event(id)));
    }
  }

  /** Reads the next events, which must be these of the run's. */
  public void awaitSeqs(String id, long from, long to) throws IOException {
    for (long seq = from; seq < to; seq++) {
      JsonObject event = event(id);
      if (event.getLong("seq") != seq) {
        throw new AssertionError("not event " + seq + ": " + event.encode());
      }
    }
  }

  /** All that follows up to an event that is none of the sequence, or the exit; no heartbeats. */
  public List<JsonObject> eventsToEnd(String id) throws IOException {
    List<JsonObject> events = new ArrayList<>();
    while (true) {
      JsonObject event = event(id);
      if (!event.getString("type").equals("heartbeat")) {
        events.add(event);
        if (!event.containsKey("seq") || event.getString("type").equals("exit")) {
          return events;
        }
      }
    }
  }

  /**
   * Waits until the server has seen all that was sent, published or closed before, and has done
   * what follows from it.
   */
  public void settle() throws IOException {
    for (int round = 0; round < 5; round++) {
      answer("tox.ping", new JsonObject());
    }
  }

  /**
   * Waits until whose client has left before now is given up: by a run that waits, whose client
   * leaves now.
   */
  public static void awaitGrace(int port) throws IOException {
    try (TestClient other = new TestClient(port)) {
      try (TestClient leaves = new TestClient(port)) {
        leaves.run("later");
      }
      JsonObject later = new JsonObject().put("id", "later");
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (!other.answer("tox.status", later).encode().contains("\"cancelled\"")) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("its client was not given up");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
