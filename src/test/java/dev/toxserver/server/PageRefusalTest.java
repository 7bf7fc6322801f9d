package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toxserver.RawHttp;
import dev.toxserver.RawWebSocket;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page's port does not answer, or not for long. */
@ExtendWith(VertxExtension.class)
class PageRefusalTest {
  private int port;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    port = deploy(vertx, TestConfig.LIMITS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: rebound.example",
        "Host: localhost.rebound.example:80",
        "Host: localhost\r\nHost: rebound.example",
        "Host:",
        "X-Forwarded-Host: localhost\r\nHost: rebound.example"
      })
  void aHostThatCouldStandForThisMachineForAMomentIsRefused(String host) throws Exception {
    assertThat(RawHttp.get(port, "/", host)).matches("(?s)HTTP/1.1 40[03] .*").doesNotContain("<!");
    assertThat(RawHttp.get(port, "/health", host)).matches("(?s)HTTP/1.1 40[03] .*");
    assertThat(answer(RawWebSocket.request(host))).matches("(?s)HTTP/1.1 40[03] .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://rebound.example",
        "Origin: http://localhost:1",
        "Origin: null",
        "Origin: http://localhost\r\nOrigin: http://rebound.example",
        "Origin: file://"
      })
  void aPageOfAnotherOriginGetsNothing(String origin) throws Exception {
    assertThat(RawHttp.get(port, "/", origin)).startsWith("HTTP/1.1 403 ");
    assertThat(answer(RawWebSocket.request(origin))).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void thePageItselfGetsItsWebSocket() throws Exception {
    String host = "Host: 127.0.0.1:" + port;
    assertThat(beginning(RawWebSocket.request(host, "Origin: http://127.0.0.1:" + port)))
        .startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"})
  void onlyGetIsAnswered(String method) throws Exception {
    assertThat(answer(RawHttp.request(method, "/")))
        .matches("(?s)HTTP/1.1 40[05] .*")
        .doesNotContain("<!doctype");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 1000000000", "Transfer-Encoding: chunked"})
  void aBodyIsNotWaitedFor(String header) throws Exception {
    assertThat(RawHttp.get(port, "/", header)).startsWith("HTTP/1.1 400 ");
    assertThat(answer(RawWebSocket.request(header))).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/page/index.html",
        "/../conf/logging.properties",
        "/%2e%2e/dev/toxserver/Main.class",
        "//index.html",
        "/dev/toxserver/Main.class",
        "/META-INF/MANIFEST.MF",
        "/index.html/",
        "/bus/"
      })
  void thereAreNoFilesButThoseOfThePage(String path) throws Exception {
    assertThat(RawHttp.get(port, path)).startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "http://localhost/nothing", "x", "?x", "?"})
  void whatIsNoPathIsAnsweredToo(String path) throws Exception {
    assertThat(RawHttp.get(port, path)).startsWith("HTTP/1.1 40");
  }

  @Test
  void aLongRequestIsNotCollected() throws Exception {
    assertThat(RawHttp.get(port, "/" + "x".repeat(3_000))).contains(" 414 ");
    assertThat(RawHttp.get(port, "/", "X: " + "x".repeat(20_000))).contains(" 431 ");
  }

  @Test
  void whatIsNoHttpIsNotAnsweredForLong() throws Exception {
    for (String noise :
        new String[] {"\0\0\0\2{}", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\r\n\r\n"}) {
      assertThat(answer(noise)).doesNotContain("200 OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: localhost\r\nX: "})
  void whoNeverEndsItsRequestIsCutOff(String half) throws Exception {
    assertThat(answer(half)).isEmpty();
  }

  @Test
  void aThousandHalfRequestsKeepNobodyFromThePageAndFewAreKept(Vertx vertx) throws Exception {
    port = deploy(vertx, new ServerConfig.Limits(20, 5, 600_000, 600_000));
    Deque<RawHttp> half = new ArrayDeque<>();
    for (int n = 0; n < 1_000; n++) {
      RawHttp http = new RawHttp(port);
      http.send("GET / HTTP/1.1\r\n");
      half.add(http);
      if (n % 100 == 0) {
        assertThat(RawHttp.get(port, "/")).startsWith("HTTP/1.1 200 ");
      }
    }
    while (half.size() > 32) {
      try (RawHttp oldest = half.remove()) {
        assertThat(read(oldest)).isEmpty();
      }
    }
    for (RawHttp kept : half) {
      kept.send("Host: localhost\r\nConnection: close\r\n\r\n");
      assertThat(read(kept)).startsWith("HTTP/1.1 200 ");
      kept.close();
    }
  }

  @Test
  void whoAsksForMoreBeforeItHasTakenTheAnswerIsCutOff(Vertx vertx) throws Exception {
    port = deploy(vertx, new ServerConfig.Limits(20, 5, 600_000, 600_000));
    String request = RawHttp.request("GET", "/", "Connection: keep-alive");
    assertThat(answer(request.repeat(1_000)).split("HTTP/1.1 200 ")).hasSizeLessThan(3);
  }

  @Test
  void whoAsksForALongFileAndDoesNotReadItIsCutOff() throws Exception {
    try (RawHttp http = new RawHttp(port)) {
      http.send(RawHttp.request("GET", "/xterm.mjs", "Connection: keep-alive"));
      await().until(() -> !takesAByte(http));
    }
    assertThat(RawHttp.get(port, "/xterm.mjs")).hasSizeGreaterThan(300_000);
  }

  private static boolean takesAByte(RawHttp http) {
    try {
      http.send("\r");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whoIsRefusedIsHungUpOnAtOnce(Vertx vertx) throws Exception {
    port = deploy(vertx, new ServerConfig.Limits(20, 5, 600_000, 600_000));
    String request = RawHttp.request("POST", "/", "Connection: keep-alive");
    assertThat(answer(request)).startsWith("HTTP/1.1 405 ");
    String noKey =
        RawHttp.request("GET", "/bus", "Upgrade: websocket", "Connection: Upgrade, keep-alive");
    assertThat(answer(noKey)).startsWith("HTTP/1.1 4");
  }

  @Test
  void aConnectionOnWhichNothingIsAskedForAnyMoreIsNotKept() throws Exception {
    String request = RawHttp.request("GET", "/health", "Connection: keep-alive");
    try (RawHttp http = new RawHttp(port)) {
      for (int n = 0; n < 3; n++) {
        http.send(request);
        assertThat(http.untilEmptyLine()).startsWith("HTTP/1.1 200 ");
        assertThat(http.socket().getInputStream().readNBytes(22)).asString().contains("serving");
      }
      assertThat(read(http)).isEmpty();
    }
  }

  private static int deploy(Vertx vertx, ServerConfig.Limits limits) throws Exception {
    Token token = new Token("0123456789abcdef");
    ServerConfig config = TestConfig.limited(TestConfig.server(Optional.of(token), 1, 1), limits);
    return new FakeRunner(vertx).deploy(TestConfig.withPage(config)).httpPort().orElseThrow();
  }

  private String answer(String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.send(request);
      return read(http);
    }
  }

  private String beginning(String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      http.send(request);
      return new String(http.socket().getInputStream().readNBytes(16));
    }
  }

  private static String read(RawHttp http) throws IOException {
    try {
      return http.rest();
    } catch (SocketException e) {
      // Reset, for the server had not read all.
      return "";
    }
  }
}
