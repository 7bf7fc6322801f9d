package dev.toxserver;

import dev.toxserver.protocol.Frames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The other side of a connection, by plain sockets: it does only what the test says. */
public final class Peer implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;

  private final int port;
  private ServerSocket listener;
  private Socket socket;

  public Peer() throws IOException {
    this(0);
  }

  private Peer(int port) throws IOException {
    listener = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(DEADLINE_MILLIS);
    this.port = listener.getLocalPort();
  }

  public int port() {
    return port;
  }

  /** Awaits the next connection. */
  public Peer accept() throws IOException {
    socket = listener.accept();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(DEADLINE_MILLIS);
    return this;
  }

  /** The next frame. */
  public JsonObject next() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return new JsonObject(Buffer.buffer(in.readNBytes(in.readInt())));
  }

  /** The first byte of what comes next; -1 if the other side has closed the connection. */
  public int nextByte() throws IOException {
    return socket.getInputStream().read();
  }

  public void send(JsonObject frame) throws IOException {
    send(Frames.encode(frame).getBytes());
  }

  public void send(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void hangUp() throws IOException {
    socket.close();
  }

  /** Nobody listens here from now on. */
  public void goAway() throws IOException {
    listener.close();
  }

  /** Listens on the same port again. */
  public void comeBack() throws IOException {
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
    listener.setSoTimeout(DEADLINE_MILLIS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    if (socket != null) {
      socket.close();
    }
  }
}
