package dev.toxserver.server;

import dev.toxserver.protocol.Frames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** A client that sends any bytes it likes; every read has a deadline. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(5_000);
    in = new DataInputStream(socket.getInputStream());
  }

  void send(String json) throws IOException {
    send(Frames.withLength(Buffer.buffer(json)));
  }

  void send(Buffer bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes());
  }

  JsonObject read() throws IOException {
    byte[] payload = new byte[in.readInt()];
    in.readFully(payload);
    return new JsonObject(Buffer.buffer(payload));
  }

  /** Whether the server has hung up, and said nothing more before. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
