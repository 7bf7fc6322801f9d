package dev.toxserver.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A DEALER socket by hand, and the original's messages over it, byte by byte as libzmq has them.
 */
final class OriginalSocket implements AutoCloseable {
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;

  private final Socket socket;
  private final DataInputStream in;

  /** One that has said nothing yet. */
  OriginalSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  /** One that may send messages. */
  static OriginalSocket ready(int port) throws IOException {
    OriginalSocket ready = new OriginalSocket(port);
    ready.greet();
    return ready;
  }

  private void greet() throws IOException {
    ByteBuffer greeting = ByteBuffer.allocate(64).put((byte) 0xff).put(9, (byte) 0x7f);
    greeting.put(10, (byte) 3).put(11, (byte) 1).put(12, "NULL".getBytes(StandardCharsets.UTF_8));
    send(greeting.array());
    if (in.readNBytes(64)[10] != 3) {
      throw new AssertionError("no greeting of version 3");
    }
    byte[] type = "DEALER".getBytes(StandardCharsets.UTF_8);
    ByteBuffer ready = ByteBuffer.allocate(28);
    ready.put((byte) 5).put("READY".getBytes(StandardCharsets.UTF_8));
    ready.put((byte) 11).put("Socket-Type".getBytes(StandardCharsets.UTF_8));
    ready.putInt(type.length).put(type);
    frame(COMMAND, ready.array());
    if (in.readUnsignedByte() != COMMAND) {
      throw new AssertionError("no READY");
    }
    in.readNBytes(in.readUnsignedByte());
  }

  /** Sends what need not be of the protocol. */
  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void run(String... args) throws IOException {
    request("RUN", new JsonObject().put("tox", new JsonArray(java.util.List.of(args))));
  }

  void request(String command, Object args) throws IOException {
    frame(MORE, new byte[0]);
    JsonObject message = new JsonObject().put("command", command).put("args", args);
    frame(0, message.put("timeout", null).toBuffer().getBytes());
  }

  /** The next message. */
  JsonObject next() throws IOException {
    int flags = in.readUnsignedByte();
    byte[] body = in.readNBytes((flags & LONG) != 0 ? (int) in.readLong() : in.readUnsignedByte());
    return (flags & (MORE | COMMAND)) != 0
        ? next()
        : new JsonObject(new String(body, StandardCharsets.UTF_8));
  }

  /** One byte, or -1 if the server has closed. */
  int read() throws IOException {
    return in.read();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void frame(int flags, byte[] body) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(9);
    if (body.length > 255) {
      head.put((byte) (flags | LONG)).putLong(body.length);
    } else {
      head.put((byte) flags).put((byte) body.length);
    }
    socket.getOutputStream().write(head.array(), 0, head.position());
    socket.getOutputStream().write(body);
  }
}
