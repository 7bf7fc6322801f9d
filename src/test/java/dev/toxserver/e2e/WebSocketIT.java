package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Others' WebSocket libraries are clients as ours is: ws in Node, and that of the JDK. */
@Timeout(120)
class WebSocketIT {
  private static final int NUMBERS = 2_000_000;
  private static final AtomicInteger IDS = new AtomicInteger();

  @TempDir static Path folder;
  private static Server server;

  private final String id = "ws-" + IDS.incrementAndGet();

  @BeforeAll
  static void start() throws Exception {
    String tox = Script.in(folder, "seq \"$1\"; echo \"<$2>\" >&2; exit 17");
    server = Server.start(folder, "--http", "0", "--no-tee", "--tox", tox);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void allBytesOfARunAndItsExitCodeArriveLiveAndAfterItsEnd() throws Exception {
    for (String[] request : new String[][] {{"run", id, "" + NUMBERS, "ü 日"}, {"attach", id}}) {
      try (JarProcess client = node(server.token(), request)) {
        assertThat(client.exitCode()).as(client.err().text()).isEqualTo(17);
        assertThat(client.err().text()).isEqualTo("<ü 日>\n");
        assertThat(client.out().bytes()).isEqualTo(numbers());
      }
    }
  }

  @Test
  void theLibraryOfTheJdkReadsARunFromItsFirstByte() throws Exception {
    try (JarProcess run = node(server.token(), "run", id, "" + NUMBERS, "x")) {
      assertThat(run.exitCode()).isEqualTo(17);
    }
    Reader reader = new Reader();
    WebSocket socket = connect("http://127.0.0.1:" + server.httpPort(), reader);
    send(
        socket,
        new JsonObject().put("type", "ping").put("headers", Map.of("token", server.token())));
    JsonObject attach = new JsonObject().put("type", "send").put("address", "tox.attach");
    send(socket, attach.put("body", Map.of("id", id, "from", 0)));

    assertThat(reader.exit.get(30, TimeUnit.SECONDS)).isEqualTo(17);
    assertThat(reader.out.toByteArray()).isEqualTo(numbers());
    socket.abort();
  }

  @Test
  void withoutTheTokenOrForThePageOfSomebodyElseThereIsNothing() throws Exception {
    try (JarProcess client = node("guessed-0123456789", "run", id, "1", "x")) {
      assertThat(client.exitCode()).isOne();
      assertThat(client.err().text()).startsWith("401: this server has another token");
    }
    assertThatThrownBy(() -> connect("http://evil.example", new Reader()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThat(server.err().text()).doesNotContain(id);
  }

  private static JarProcess node(String token, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("ws://127.0.0.1:" + server.httpPort() + "/bus"));
    all.addAll(List.of(args));
    List<String> command = NodeScripts.command("subscriber.js", all.toArray(String[]::new));
    return new JarProcess(folder, Map.of("TOX_SERVER_TOKEN", token), command);
  }

  private static WebSocket connect(String origin, Reader reader) {
    URI uri = URI.create("ws://127.0.0.1:" + server.httpPort() + "/bus");
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(uri, reader)
        .join();
  }

  private static void send(WebSocket socket, JsonObject frame) {
    socket.sendText(frame.encode(), true).join();
  }

  private static byte[] numbers() {
    StringBuilder numbers = new StringBuilder();
    for (int number = 1; number <= NUMBERS; number++) {
      numbers.append(number).append('\n');
    }
    return numbers.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes the messages of one run. */
  private static final class Reader implements WebSocket.Listener {
    final CompletableFuture<Integer> exit = new CompletableFuture<>();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      message.writeBytes(bytes);
      if (last) {
        take(new JsonObject(message.toString(StandardCharsets.UTF_8)));
        message.reset();
      }
      socket.request(1);
      return null;
    }

    private void take(JsonObject frame) {
      JsonObject event = frame.getJsonObject("body", new JsonObject());
      if ("stdout".equals(event.getString("stream"))) {
        out.writeBytes(event.getBinary("data"));
      } else if ("exit".equals(event.getString("type"))) {
        exit.complete(event.getInteger("returncode"));
      }
    }
  }
}
