package dev.toxserver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.BridgeSocket;
import dev.toxserver.RawHttp;
import dev.toxserver.RawWebSocket;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server with a page, and one without. */
@Timeout(90)
class HttpIT {
  @TempDir Path folder;

  @Test
  void withoutItNoPortButTheServersOwnIsOpenAndNothingOfItIsLoaded() throws Exception {
    Path log = folder.resolve("classes");
    String option = "-Xlog:class+load:file=" + log;
    Map<String, String> variables =
        Map.of("JAVA_TOOL_OPTIONS", option, "TOX_SERVER_JAVA_OPTS", "-Xshare:auto " + option);
    try (Server server = Server.start(folder, variables);
        BridgeSocket client = server.socket()) {
      assertThat(client.isAnswered()).isTrue();
      assertThat(ListeningPort.all(server.pid())).containsExactly(server.port());
      assertThat(server.err().text()).doesNotContain("The page is at");
    }
    assertThat(Files.readString(log))
        .contains(" dev.toxserver.server.door.Gate ")
        .doesNotContain(
            " dev.toxserver.server.door.HttpListener ",
            " dev.toxserver.server.door.WebSocket",
            " dev.toxserver.server.door.page.",
            " dev.toxserver.server.door.Zmtp",
            " dev.toxserver.server.door.zmtp.",
            " io.vertx.core.http.impl.http1.",
            " io.netty.handler.codec.http.HttpObjectDecoder ",
            " io.netty.handler.codec.http.websocketx.");
  }

  @Test
  void theTokenInTheAddressIsInNoLogWhateverIsDoneWithIt() throws Exception {
    try (Server server =
        Server.start(folder, Map.of("TOX_SERVER_LOG_LEVEL", "debug"), "--http", "0")) {
      PageAddress page = PageAddress.of(server);
      assertThat(ListeningPort.all(server.pid()))
          .containsExactlyInAnyOrder(server.port(), page.port());
      RawHttp.get(page.port(), "/?token=" + page.token());
      RawHttp.get(page.port(), "/" + page.token(), "Host: rebound.example");
      try (RawWebSocket first = RawWebSocket.withToken(page.port(), page.token());
          RawWebSocket second = new RawWebSocket(page.port())) {
        second.text("{\"type\": \"ping\", \"headers\": {\"token\": \"" + page.token() + "\"}}");
        assertThat(second.next().getInteger("failureCode")).isEqualTo(401);
        first.text("no JSON " + page.token());
        assertThat(first.next().getInteger("failureCode")).isEqualTo(400);
      }
      server.err().awaitText("showed a wrong token");
      server.err().awaitText("sent a broken frame");
      assertThat(server.err().text().split(page.token())).hasSize(2);
      assertThat(server.err().text().split("The page is at ")).hasSize(3);
      assertThat(server.out().text()).doesNotContain(page.token());
      assertThat(Proc.commandLine(server.pid())).doesNotContain(page.token());
    }
  }

  @Test
  void whileItDrainsItIsNotHealthy() throws Exception {
    Path stop = folder.resolve("stop");
    String tox =
        Script.in(folder, "echo up; while [ ! -e %s ]; do sleep 0.02; done".formatted(stop));
    try (Server server = Server.start(folder, "--http", "0", "--tox", tox);
        JarProcess run = server.client("run")) {
      int port = PageAddress.of(server).port();
      run.out().awaitText("up");
      assertThat(RawHttp.get(port, "/health"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\n{\"status\": \"serving\"}\n");
      server.signal("TERM");
      await()
          .untilAsserted(
              () ->
                  assertThat(RawHttp.get(port, "/health"))
                      .startsWith("HTTP/1.1 503 ")
                      .endsWith("\r\n\r\n{\"status\": \"draining\"}\n"));
      Files.createFile(stop);
      assertThat(run.exitCode()).isZero();
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void messagesThatAreNeverEndedHurtNobodyElse() throws Exception {
    Map<String, String> heap = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");
    byte[] most = new byte[1024 * 1024 - 20];
    Buffer unfinished = RawWebSocket.header(0x82, 1024 * 1024).appendBytes(most);
    Deque<RawWebSocket> attackers = new ArrayDeque<>();
    try (Server server = Server.start(folder, heap, "--http", "0");
        BridgeSocket bystander = server.socket()) {
      int port = PageAddress.of(server).port();
      String token = server.token();
      for (int n = 0; n < 100; n++) {
        RawWebSocket attacker = RawWebSocket.withToken(port, token);
        attackers.add(attacker);
        attacker.bytes(unfinished);
        assertThat(bystander.isAnswered()).isTrue();
      }
      for (int n = 0; n < 90; n++) {
        RawWebSocket oldest = attackers.remove();
        assertThat(oldest.isCut()).isTrue();
        oldest.close();
      }
      assertThat(bystander.isAnswered()).isTrue();
    } finally {
      for (RawWebSocket each : List.copyOf(attackers)) {
        each.close();
      }
    }
  }
}
