package dev.toxserver.e2e;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody else's client: a plain socket and the framing as docs/protocol.md tells it, without any
 * of our classes.
 */
final class BridgeSocket implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  BridgeSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) Captured.DEADLINE.toMillis());
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Sends any text as a frame. */
  void send(String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Registers a run's output, and returns when the server has done so. */
  void listenTo(String run) throws IOException {
    send("{\"type\": \"register\", \"address\": \"tox.output.%s\"}".formatted(run));
    if (!isAnswered()) {
      throw new AssertionError("the server closed the connection");
    }
  }

  /** Whether a ping is answered, and not by the connection's end. */
  boolean isAnswered() throws IOException {
    send("{\"type\": \"ping\"}");
    Optional<JsonObject> frame = receive();
    if (frame.isPresent() && !frame.get().getString("type").equals("pong")) {
      throw new AssertionError("in place of a pong: " + frame.get());
    }
    return frame.isPresent();
  }

  /** The next frame; nothing once the server has closed the connection. */
  Optional<JsonObject> receive() throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return Optional.empty();
    }
    return Optional.of(new JsonObject(new String(in.readNBytes(length), StandardCharsets.UTF_8)));
  }

  /** A run's events, from the next frame to the exit; other frames are left out. */
  List<JsonObject> eventsUntilExit() throws IOException {
    List<JsonObject> events = new ArrayList<>();
    while (events.isEmpty() || !events.get(events.size() - 1).getString("type").equals("exit")) {
      JsonObject frame = receive().orElseThrow(() -> new AssertionError("no exit in " + events));
      if (frame.getString("address", "").startsWith("tox.output.")) {
        events.add(frame.getJsonObject("body"));
      }
    }
    return events;
  }

  /** Waits for a run's first output. */
  void awaitOutput() throws IOException {
    JsonObject event;
    do {
      event = receive().orElseThrow().getJsonObject("body");
    } while (!event.getString("type").equals("output"));
  }

  /** Closes its sending side only, and waits until the server has closed the connection. */
  void hangUp() throws IOException {
    socket.shutdownOutput();
    while (receive().isPresent()) {
      // What was under way.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
