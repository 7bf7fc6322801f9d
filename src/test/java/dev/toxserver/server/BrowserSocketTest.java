package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.RawWebSocket;
import dev.toxserver.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A library's WebSocket, which sends text and answers pings by itself, as a browser's does. */
@ExtendWith(VertxExtension.class)
class BrowserSocketTest implements WebSocket.Listener {
  private static final int SILENCE_MILLIS = 600;

  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private final StringBuilder begun = new StringBuilder();
  private FakeRunner runner;
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    runner = new FakeRunner(vertx);
    ServerConfig.Patience patience = new ServerConfig.Patience(60_000, 60_000, 200, SILENCE_MILLIS);
    port = runner.deploy(TestConfig.withPage(TestConfig.server(patience))).httpPort().orElseThrow();
  }

  @Test
  void whatItAsksForInTextIsAnsweredInBinary() throws Exception {
    WebSocket socket = connect();
    ask(socket, "{\"type\": \"ping\"}");
    assertThat(next()).isEqualTo(new JsonObject().put("type", "pong"));
    ask(socket, request("tox.ping", "{}"));
    assertThat(next().getJsonObject("body").getJsonObject("http").getInteger("port"))
        .isEqualTo(port);
    ask(socket, "{\"type\": \"send\", \"address\": \"tox.ping\", \"body\": {}}");
    ask(socket, request("tox.cancel", "{\"id\": \"none\"}"));
    assertThat(next().getString("type")).as("the one before wants no answer").isNotNull();
    assertThat(received).isEmpty();
  }

  @Test
  void theAnswersToTheServersPingsKeepARunForThePageThatAskedForIt() throws Exception {
    WebSocket socket = connect();
    ask(socket, request("tox.run", "{\"id\": \"a\", \"args\": []}"));
    assertThat(next().getJsonObject("body").getString("state")).isEqualTo("running");
    runner.nextStart();
    await()
        .during(Duration.ofMillis(4 * SILENCE_MILLIS))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !runner.wasCancelled());
    ask(socket, request("tox.ping", "{}"));
    assertThat(next().getJsonObject("body").getInteger("running")).isOne();
    socket.abort();
    assertThat(runner.nextCancel()).isEqualTo("a");
  }

  @Test
  void whoDoesNotAnswerThemIsSilent() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(port)) {
      socket.text(request("tox.run", "{\"id\": \"a\", \"args\": []}"));
      assertThat(socket.next().getJsonObject("body").getString("state")).isEqualTo("running");
      assertThat(socket.nextFrame().opcode()).isEqualTo(RawWebSocket.PING);
      assertThat(socket.isCut()).isTrue();
      assertThat(runner.nextCancel()).isEqualTo("a");
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    begun.append(StandardCharsets.UTF_8.decode(data));
    if (last) {
      received.add(new JsonObject(begun.toString()));
      begun.setLength(0);
    }
    socket.request(1);
    return null;
  }

  private WebSocket connect() throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/bus"), this)
        .get(30, TimeUnit.SECONDS);
  }

  private static void ask(WebSocket socket, String frame) throws Exception {
    socket.sendText(frame, true).get(30, TimeUnit.SECONDS);
  }

  private static String request(String address, String body) {
    return "{\"type\": \"send\", \"replyAddress\": \"r\", \"address\": \""
        + address
        + "\", \"body\": "
        + body
        + "}";
  }

  private JsonObject next() throws InterruptedException {
    JsonObject frame = received.poll(30, TimeUnit.SECONDS);
    assertThat(frame).as("a frame in time").isNotNull();
    return frame;
  }
}
