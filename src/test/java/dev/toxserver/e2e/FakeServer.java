package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge that says only what the test says, but for the pongs: silent, wrong or gone when a real
 * one never is.
 */
final class FakeServer implements AutoCloseable {
  private final ServerSocket listener;
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Socket client;
  private volatile boolean deaf;
  private volatile boolean away;

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
    return frame;
  }

  /** Whether there is a frame that {@link #next} would return at once. */
  boolean hasNext() {
    return !frames.isEmpty();
  }

  /** Whether the client has left, and nothing is there that {@link #next} would return. */
  boolean sentNothing() {
    await("the client hangs up").atMost(Captured.DEADLINE).until(() -> client.isInputShutdown());
    return frames.isEmpty();
  }

  /** How many connections there were. */
  int connections() {
    return connections.get();
  }

  /** From now on, nothing is answered, as if a cable was pulled; until the next connection. */
  void fallSilent() {
    deaf = true;
  }

  /** Closes this connection, and each new one at once, as a proxy whose server is not there. */
  void goAway() throws IOException {
    away = true;
    hangUp();
  }

  /** Dies: nobody listens any more. */
  void die() throws IOException {
    close();
  }

  void comeBack() {
    away = false;
  }

  synchronized void send(JsonObject frame) throws IOException {
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

  /** Refuses a request. */
  void refuse(JsonObject request, int code, String message) throws IOException {
    send(
        new JsonObject()
            .put("type", "err")
            .put("address", request.getString("replyAddress"))
            .put("failureCode", code)
            .put("message", message));
  }

  /** Starts a client of this server: global options and a command. */
  JarProcess client(Path folder, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("-h", "127.0.0.1", "-p", String.valueOf(port())));
    all.addAll(List.of(args));
    return new JarProcess(folder, Map.of(), all.toArray(String[]::new));
  }

  /** Awaits an attach from this event on, and answers it. */
  JsonObject acceptAttach(String id, int from) throws Exception {
    JsonObject attach = next();
    assertThat(attach.getString("address")).isEqualTo("tox.attach");
    reply(attach, new JsonObject().put("id", id).put("state", "running").put("from", from));
    return attach;
  }

  /** Answers the request for a run that follows a register. */
  JsonObject acceptRun() throws Exception {
    JsonObject register = next();
    JsonObject run = next();
    assertThat(register.getString("type")).isEqualTo("register");
    assertThat(run.getString("address")).isEqualTo("tox.run");
    String id = run.getJsonObject("body").getString("id");
    reply(run, new JsonObject().put("id", id).put("state", "running").put("position", 0));
    return run;
  }

  /** Publishes some text of the run's. */
  void output(JsonObject run, int seq, String text) throws IOException {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    event(
        run,
        new JsonObject()
            .put("seq", seq)
            .put("type", "output")
            .put("stream", "stdout")
            .put("data", base64));
  }

  /** Publishes the run's end. */
  void exit(JsonObject run, int seq, int returncode) throws IOException {
    event(
        run,
        new JsonObject()
            .put("seq", seq)
            .put("type", "exit")
            .put("returncode", returncode)
            .put("cancelled", false));
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
        client.setTcpNoDelay(true);
        if (away) {
          client.close();
          continue;
        }
        connections.incrementAndGet();
        deaf = false;
        readFrames(new DataInputStream(client.getInputStream()));
        if (!client.isClosed()) {
          client.shutdownInput();
        }
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
        JsonObject frame = new JsonObject(Buffer.buffer(payload));
        if (!frame.getString("type").equals("ping")) {
          frames.add(frame);
        } else if (!deaf) {
          send(new JsonObject().put("type", "pong"));
        }
      }
    } catch (IOException e) {
      // The client has gone; the next one may come.
      return;
    }
  }

  /** Awaits an attach from this event on, and answers it. */
  JsonObject attached(JsonObject run, int from) throws Exception {
    JsonObject attach = acceptAttach(id(run), from);
    assertThat(attach.getJsonObject("body").getString("id")).isEqualTo(id(run));
    assertThat(attach.getJsonObject("body").getInteger("from")).isEqualTo(from);
    return attach;
  }

  static String id(JsonObject run) {
    return run.getJsonObject("body").getString("id");
  }
}
