package dev.toxserver.e2e;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bridge that says only what the test says: silent, wrong or gone when a real one never is. */
final class FakeServer implements AutoCloseable {
  private final ServerSocket listener;
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private volatile Socket client;

  FakeServer() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread reader = new Thread(this::read, "fake-server");
    reader.setDaemon(true);
    reader.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next frame from the client that is no ping. */
  JsonObject next() throws InterruptedException {
    JsonObject frame = frames.poll(Captured.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("the client sent nothing");
    }
    return frame.getString("type").equals("ping") ? next() : frame;
  }

  void send(JsonObject frame) throws IOException {
    Buffer payload = frame.toBuffer();
    client
        .getOutputStream()
        .write(Buffer.buffer().appendInt(payload.length()).appendBuffer(payload).getBytes());
  }

  /** Answers a request with a body. */
  void reply(JsonObject request, JsonObject body) throws IOException {
    send(
        new JsonObject()
            .put("type", "message")
            .put("address", request.getString("replyAddress"))
            .put("body", body));
  }

  /** Publishes an event of the run that was asked for. */
  void event(JsonObject run, JsonObject body) throws IOException {
    String id = run.getJsonObject("body").getString("id");
    send(
        new JsonObject()
            .put("type", "message")
            .put("address", "tox.output." + id)
            .put("body", body));
  }

  void hangUp() throws IOException {
    client.close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    if (client != null) {
      client.close();
    }
  }

  private void read() {
    try {
      while (true) {
        client = listener.accept();
        readFrames(new DataInputStream(client.getInputStream()));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void readFrames(DataInputStream in) {
    try {
      while (true) {
        byte[] payload = in.readNBytes(in.readInt());
        frames.add(new JsonObject(Buffer.buffer(payload)));
      }
    } catch (IOException e) {
      // The client has gone; the next one may come.
      return;
    }
  }
}
