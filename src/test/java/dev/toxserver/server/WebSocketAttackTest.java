package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toxserver.RawHttp;
import dev.toxserver.RawWebSocket;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets by which somebody tries to take the server down; others are served all the same. */
@ExtendWith(VertxExtension.class)
class WebSocketAttackTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final int MIB = 1024 * 1024;

  /** Asks for an answer of 900 KB. */
  private static final byte[] LONG_ASK =
      ("{\"type\": \"send\", \"address\": \"tox.ping\", \"body\": {}, \"replyAddress\": \""
              + "r".repeat(900_000)
              + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  private int port;

  /** Frames may take so long that nobody is cut off for that. */
  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    deploy(vertx, new ServerConfig.Limits(20, 5, 1_500, 600_000));
  }

  private void deploy(Vertx vertx, ServerConfig.Limits limits) throws Exception {
    ServerConfig config = TestConfig.server(Optional.of(new Token(TOKEN)), 1, 1);
    port =
        new FakeRunner(vertx)
            .deploy(TestConfig.withPage(TestConfig.limited(config, limits)))
            .httpPort()
            .orElseThrow();
  }

  @AfterEach
  void othersAreServed() throws Exception {
    RawWebSocket.withToken(port, TOKEN).close();
  }

  @ParameterizedTest
  @ValueSource(longs = {MIB + 1, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1})
  void aFrameThatIsTooLongIsRefusedBeforeTheBytesCome(long length) throws Exception {
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      socket.bytes(RawWebSocket.header(0x82, length));
      socket.isCut();
    }
  }

  @Test
  void aMessageThatIsTooLongInAllIsCutOff() throws Exception {
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      socket.unfinished(2, new byte[MIB / 2]);
      socket.unfinished(0, new byte[MIB / 2]);
      socket.unfinished(0, new byte[MIB / 2]);
      assertThat(socket.isCut()).isTrue();
    }
  }

  @Test
  void theFirstMessageMayBeNoLongerThanTheFirstFrameOverTcp() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(port)) {
      socket.text(" ".repeat(256 * 1024 + 1));
      assertThat(socket.next().getString("message")).contains("1 to 262144 fit");
      socket.isCut();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageThatIsBegunAndNotEndedIsNotWaitedForForEver(boolean inAFrame, Vertx vertx)
      throws Exception {
    deploy(vertx, TestConfig.LIMITS);
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      if (inAFrame) {
        socket.bytes(RawWebSocket.header(0x81, 1_000).appendString("{"));
      } else {
        socket.unfinished(RawWebSocket.TEXT, "{".getBytes(StandardCharsets.UTF_8));
      }
      socket.last(RawWebSocket.PONG, new byte[0]);
      assertThat(socket.isCut()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 02 7b 7d", // not masked
        "c1 82 00 00 00 00 7b 7d", // a bit of an extension's, as if compressed
        "83 80 00 00 00 00", // an unknown kind
        "09 80 00 00 00 00", // a ping in pieces
        "89 fe 00 7e 00 00 00 00", // a ping of 126 bytes
        "80 80 00 00 00 00", // goes on with a message that has not begun
        "81 82 00 00 00 00 c3 28", // text that is no UTF-8
      })
  void whatIsNoFrameEndsTheConnection(String bytes) throws Exception {
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      Buffer sent = Buffer.buffer();
      for (String each : bytes.split(" ")) {
        sent.appendByte((byte) Integer.parseInt(each, 16));
      }
      socket.bytes(sent);
      socket.isCut();
    }
  }

  @Test
  void nothingIsCompressedWhateverIsOffered() throws Exception {
    try (RawHttp http = new RawHttp(port)) {
      http.send(RawWebSocket.request("Sec-WebSocket-Extensions: permessage-deflate"));
      assertThat(http.rest()).contains(" 101 ").doesNotContainIgnoringCase("deflate");
    }
  }

  @Test
  void whoPingsWithoutEndAndReadsNothingIsCutOff() throws Exception {
    Buffer pings = Buffer.buffer();
    for (int n = 0; n < 1_000; n++) {
      pings.appendBuffer(RawWebSocket.header(0x89, 125)).appendBytes(new byte[125]);
    }
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      assertThatThrownBy(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  socket.bytes(pings);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void whoAsksWithoutEndAndReadsNothingIsCutOff() throws Exception {
    try (RawWebSocket socket = RawWebSocket.withToken(port, TOKEN)) {
      assertThatThrownBy(
              () -> {
                for (int n = 0; n < 100; n++) {
                  socket.last(RawWebSocket.TEXT, LONG_ASK);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void thoseThatShowNoTokenAreFewAndNotWaitedForForLong() throws Exception {
    List<RawWebSocket> silent = new ArrayList<>();
    for (int n = 0; n < TestConfig.LIMITS.unauthenticated(); n++) {
      silent.add(new RawWebSocket(port));
    }
    try (RawWebSocket oneMore = new RawWebSocket(port)) {
      assertThat(oneMore.isCut()).isTrue();
    }
    for (RawWebSocket each : silent) {
      assertThat(each.isCut()).isTrue();
      each.close();
    }
  }

  @Test
  void aWrongTokenIsAnsweredAndTheConnectionClosed() throws Exception {
    try (RawWebSocket socket = new RawWebSocket(port)) {
      socket.text("{\"type\": \"ping\", \"headers\": {\"token\": \"wrong-wrong-wrong\"}}");
      assertThat(socket.next().getInteger("failureCode")).isEqualTo(401);
      assertThat(socket.isCut()).isFalse();
    }
  }
}
