package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.RawWebSocket;
import dev.toxserver.Warnings;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import io.netty.util.concurrent.DefaultPromise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket's goodbye while more is under way to it than sockets hold. */
@ExtendWith(VertxExtension.class)
class GoodbyeTest {
  private static final String TOKEN = "0123456789abcdef";

  /** The server's own goodbye comes behind what is not read. */
  @Test
  void whoSaysItAndReadsNothingIsCutOff(Vertx vertx, @TempDir Path folder) throws Exception {
    ServerConfig patient = TestConfig.server(new Token(TOKEN), folder);
    ServerConfig.Limits limits = new ServerConfig.Limits(20, 5, 1_500, 600_000);
    FakeRunner runner = new FakeRunner(vertx);
    int port =
        runner
            .deploy(TestConfig.withPage(TestConfig.limited(patient, limits)))
            .httpPort()
            .orElseThrow();
    try (Warnings netty = new Warnings(DefaultPromise.class);
        RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      socket.text("{\"type\":\"register\",\"address\":\"tox.output.a\"}");
      socket.text(ask("tox.run", "{\"id\":\"a\",\"args\":[],\"detach\":true}"));
      runner.nextStart();
      runner.output("a", 0, 400, 64 * 1024);
      socket.last(8, new byte[] {3, (byte) 0xe8});
      await().until(() -> !takes(socket));
      // It is served behind all that follows from the cut.
      RawWebSocket.withToken(port, TOKEN).close();
      assertThat(netty.messages()).isEmpty();
    }
  }

  private static boolean takes(RawWebSocket socket) {
    try {
      socket.last(RawWebSocket.PONG, new byte[0]);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String ask(String address, String body) {
    return "{\"type\":\"send\",\"address\":\"%s\",\"body\":%s}".formatted(address, body);
  }
}
