package dev.toxserver;

import dev.toxserver.protocol.Frames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A plain socket that speaks the bridge's frames, well or badly, as a test wants. */
public final class BridgeSocket implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;

  public BridgeSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(DEADLINE_MILLIS);
    // Else a second small frame waits 40 ms for the kernel over there to acknowledge the first.
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Shows a token in a ping, and waits until the server has let this connection in. */
  public void show(String token) throws IOException {
    send(Frames.withToken(new JsonObject().put("type", "ping"), token));
    JsonObject pong = next();
    if (!pong.getString("type").equals("pong")) {
      throw new AssertionError(pong.encode());
    }
  }

  /** Sends a request whose answer comes to the address "reply". */
  public void request(String address, Object body) throws IOException {
    send(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", "reply")
            .put("body", body));
  }

  /** Listens to a run's output, and waits until the server knows. */
  public void register(String id) throws IOException {
    send(new JsonObject().put("type", "register").put("address", "tox.output." + id));
    send(new JsonObject().put("type", "ping"));
    JsonObject pong = next();
    if (!pong.getString("type").equals("pong")) {
      throw new AssertionError(pong.encode());
    }
  }

  public void send(JsonObject frame) throws IOException {
    send(frame.encode());
  }

  /** Sends any text as a frame, with its right length. */
  public void send(String payload) throws IOException {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    send(Buffer.buffer().appendInt(bytes.length).appendBytes(bytes));
  }

  /** Sends any bytes. */
  public void send(Buffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes());
  }

  /** The next frame from the server. */
  public JsonObject next() throws IOException {
    return new JsonObject(Buffer.buffer(in.readNBytes(in.readInt())));
  }

  /** The body of the next message, which must come from this address. */
  public JsonObject nextFrom(String address) throws IOException {
    JsonObject frame = next();
    if (!address.equals(frame.getString("address")) || !"message".equals(frame.getString("type"))) {
      throw new AssertionError("not from " + address + ": " + frame.encode());
    }
    return frame.getJsonObject("body");
  }

  /** Whether a ping is answered: the connection is alive, and what was sent before was taken in. */
  public boolean isAnswered() throws IOException {
    send(new JsonObject().put("type", "ping"));
    return next().getString("type").equals("pong");
  }

  /** Says that no more will be sent, while it still listens. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the server has hung up, and said nothing more before. */
  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  /** Whether the server closes the connection, whatever it says before that. */
  public boolean isClosedByServer() throws IOException {
    try {
      while (true) {
        next();
      }
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
