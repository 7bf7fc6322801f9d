package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A second transport beside the stock bridge, of which those who deliver runs know nothing. */
@ExtendWith(VertxExtension.class)
class WebSocketTest {
  /** More than the sockets' buffers hold. */
  private static final int CHUNKS = 400;

  private static final int CHUNK = 64 * 1024;

  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private FakeRunner runner;
  private ServerVerticle server;
  private WebSocketClient client;
  private WebSocket socket;

  @BeforeEach
  void fake(Vertx vertx) {
    runner = new FakeRunner(vertx);
  }

  @Test
  void aRunIsReadByRegistrationFromItsFirstEventToItsExit(Vertx vertx) throws Exception {
    begin(vertx, TestConfig.PATIENCE);
    send(frame("register", "tox.output.a"));
    send(request("tox.run", "{\"id\": \"a\", \"args\": []}"));
    assertThat(next().getJsonObject("body").getString("state")).isEqualTo("running");
    runner.nextStart();
    runner.output("a", 0, 3, 10);
    runner.awaitAcknowledge(2);
    runner.exit("a", 3, 5);

    List<JsonObject> events = eventsToExit();
    assertThat(events).extracting(each -> each.getLong("seq")).containsExactly(0L, 1L, 2L, 3L);
    assertThat(events.get(3).getInteger("returncode")).isEqualTo(5);
  }

  @Test
  void aRunIsReadByAttachingAsItIsByTheBridge(Vertx vertx) throws Exception {
    begin(vertx, TestConfig.PATIENCE);
    try (TestClient other = new TestClient(server.port())) {
      other.run("a");
      runner.output("a", 0, 2, 10);
      send(request("tox.attach", "{\"id\": \"a\", \"from\": 0}"));
      assertThat(next().getJsonObject("body").getLong("from")).isZero();
      runner.output("a", 2, 4, 10);
      runner.exit("a", 4, 0);

      assertThat(eventsToExit()).isEqualTo(other.eventsToEnd("a"));
    }
  }

  @Test
  void oneThatReadsNothingHoldsItsRunUpUntilItReadsOn(Vertx vertx) throws Exception {
    begin(vertx, new ServerConfig.Patience(60_000, 60_000, 60_000));
    try (TestClient other = new TestClient(server.port())) {
      other.runDetached("a");
      register("a");
      socket.pause();
      runner.output("a", 0, CHUNKS, CHUNK);
      other.settle();
      List<Long> acknowledged = runner.acknowledged();
      assertThat(acknowledged.get(acknowledged.size() - 1)).isLessThan(CHUNKS - 1);

      socket.resume();
      runner.awaitAcknowledge(CHUNKS - 1);
      runner.exit("a", CHUNKS, 0);
      assertThat(eventsToExit())
          .filteredOn(each -> each.containsKey("seq"))
          .extracting(each -> each.getLong("seq"))
          .isEqualTo(LongStream.rangeClosed(0, CHUNKS).boxed().toList());
    }
  }

  @Test
  void anOnlookerThatReadsNothingForTooLongIsCutOffAndTheRunGoesOn(Vertx vertx) throws Exception {
    begin(vertx, new ServerConfig.Patience(60_000, 500, 60_000));
    try (TestClient other = new TestClient(server.port())) {
      other.runDetached("a");
      register("a");
      socket.pause();
      runner.output("a", 0, CHUNKS, CHUNK);
      runner.awaitAcknowledge(CHUNKS - 1);

      socket.resume();
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(received).hasSizeLessThan(CHUNKS);
    }
  }

  @Test
  void aTokenMayNoMoreThanByTheBridgeAndEndsHereToo(Vertx vertx, @TempDir Path folder)
      throws Exception {
    Token own = new Token("the-servers-own-token");
    begin(vertx, TestConfig.server(own, folder));
    try (TestClient owner = new TestClient(server.port())) {
      owner.socket().show(own.secret());
      JsonObject made = owner.answer("tox.token.create", new JsonObject().put("may", "read"));
      send(Frames.withToken(request("tox.status", "{}"), made.getString("token")));
      assertThat(next().getJsonObject("body").getJsonArray("runs")).isEmpty();

      send(request("tox.run", "{\"id\": \"a\", \"args\": []}"));
      assertThat(next().getString("message")).isEqualTo("address: this token may only read runs");

      owner.answer("tox.token.revoke", new JsonObject().put("id", made.getString("id")));
      assertThat(next().getString("message")).isEqualTo("the token was revoked");
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLinkReadsItsRunAndNoOtherAndEndsHereToo(Vertx vertx, @TempDir Path folder)
      throws Exception {
    Token own = new Token("the-servers-own-token");
    begin(vertx, TestConfig.server(own, folder));
    try (TestClient owner = new TestClient(server.port())) {
      owner.socket().show(own.secret());
      owner.runDetached("a");
      owner.runDetached("b");
      JsonObject link = owner.answer("tox.share", new JsonObject().put("id", "a"));
      String last = "{\"id\": \"last\", \"from\": 0}";
      send(Frames.withToken(request("tox.attach", last), link.getString("token")));
      assertThat(next().getJsonObject("body").getString("id")).isEqualTo("a");
      runner.output("a", 0, 1, 10);
      assertThat(next().getString("address")).isEqualTo("tox.output.a");

      for (String other : List.of("tox.attach", "tox.results", "tox.status")) {
        send(request(other, "{\"id\": \"b\"}"));
        assertThat(next().getString("message")).endsWith(": this token may only read the run a");
      }
      owner.answer("tox.token.revoke", new JsonObject().put("id", link.getString("id")));
      assertThat(next().getString("message")).isEqualTo("the token was revoked");
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void begin(Vertx vertx, ServerConfig.Patience patience) throws Exception {
    begin(vertx, TestConfig.server(patience));
  }

  private void begin(Vertx vertx, ServerConfig config) throws Exception {
    server = new ServerVerticle(TestConfig.withPage(config));
    await(vertx.deployVerticle(server));
    client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(1 << 20));
    socket = await(client.connect(server.httpPort().orElseThrow(), "127.0.0.1", "/bus"));
    socket.closeHandler(gone -> closed.countDown());
    socket.binaryMessageHandler(message -> received.add(message.toJsonObject()));
  }

  /** Registers a run's address, and waits until the server knows. */
  private void register(String id) throws Exception {
    send(frame("register", "tox.output." + id));
    send(request("tox.ping", "{}"));
    assertThat(next().getString("address")).isEqualTo("reply");
  }

  private static JsonObject frame(String type, String address) {
    return new JsonObject().put("type", type).put("address", address);
  }

  private static JsonObject request(String address, String body) {
    return frame("send", address).put("replyAddress", "reply").put("body", new JsonObject(body));
  }

  private void send(JsonObject frame) {
    socket.writeBinaryMessage(Buffer.buffer(frame.encode()));
  }

  private JsonObject next() throws InterruptedException {
    JsonObject frame = received.poll(30, TimeUnit.SECONDS);
    assertThat(frame).as("a frame in time").isNotNull();
    return frame;
  }

  private List<JsonObject> eventsToExit() throws InterruptedException {
    List<JsonObject> events = new ArrayList<>();
    do {
      events.add(next().getJsonObject("body"));
    } while (!"exit".equals(events.get(events.size() - 1).getString("type")));
    return events;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
