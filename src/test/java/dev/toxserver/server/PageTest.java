package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.RawHttp;
import dev.toxserver.RawWebSocket;
import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a browser gets, and the address by which its user comes in. */
@ExtendWith(VertxExtension.class)
class PageTest {
  private static final Token TOKEN = new Token("0123456789abcdef");

  private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
  private ServerVerticle server;
  private int port;
  private String deployment;

  @Test
  void withoutTheSettingNothingListensAndNobodyIsToldOfAPage(Vertx vertx) throws Exception {
    server = new FakeRunner(vertx).deploy(TestConfig.server(Optional.empty(), 1, 1));
    assertThat(server.httpPort()).isEmpty();
    try (TestClient client = new TestClient(server.port())) {
      assertThat(client.answer("tox.ping", new JsonObject()).fieldNames()).doesNotContain("http");
    }
  }

  @Test
  void itComesWithHeadersThatLetItDoNoMoreThanItHasTo(Vertx vertx) throws Exception {
    deploy(vertx, Optional.of(TOKEN));

    assertThat(RawHttp.get(port, "/"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("\r\ncontent-type: text/html; charset=utf-8\r\n")
        .contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; ")
        .contains("frame-ancestors 'none'\r\n")
        .contains("\r\nX-Content-Type-Options: nosniff\r\n")
        .contains("\r\nReferrer-Policy: no-referrer\r\n")
        .contains("\r\nCross-Origin-Opener-Policy: same-origin\r\n")
        .contains("\r\nCross-Origin-Resource-Policy: same-origin\r\n")
        .contains("\r\n\r\n<!doctype html>");
  }

  @Test
  void whoPingsIsToldWhereItIs(Vertx vertx) throws Exception {
    deploy(vertx, Optional.empty());
    try (TestClient client = new TestClient(server.port())) {
      assertThat(client.answer("tox.ping", new JsonObject()).getJsonObject("http"))
          .isEqualTo(new JsonObject().put("port", port).put("tls", false));
    }
  }

  @Test
  void theTokenInTheAddressLetsOneIntoEverythingAndThenThereIsAnother(Vertx vertx)
      throws Exception {
    deploy(vertx, Optional.of(TOKEN));
    String address = addresses.poll(30, TimeUnit.SECONDS);
    assertThat(address).startsWith("http://127.0.0.1:" + port + "/#token=");
    String token = address.substring(address.indexOf('=') + 1);

    try (TestClient first = new TestClient(server.port());
        TestClient second = new TestClient(server.port())) {
      first.socket().show(token);
      assertThat(first.answer("tox.tokens", new JsonObject()).getJsonArray("tokens")).isEmpty();
      assertThat(addresses.poll(30, TimeUnit.SECONDS)).isNotEqualTo(address).contains("/#token=");
      second.socket().send(Frames.withToken(Frames.ping(), token));
      assertThat(second.socket().next().getInteger("failureCode")).isEqualTo(401);
    }
  }

  @Test
  void whereNobodyIsAskedForATokenTheAddressHasNone(Vertx vertx) throws Exception {
    deploy(vertx, Optional.empty());
    assertThat(addresses.poll(30, TimeUnit.SECONDS)).isEqualTo("http://127.0.0.1:" + port + "/");
  }

  /** Containers are killed ten seconds after they were told to stop. */
  @Test
  void aPageThatDoesNotAnswerDoesNotHoldUpTheServersEnd(Vertx vertx) throws Exception {
    deploy(vertx, Optional.of(TOKEN));
    try (RawWebSocket asleep = RawWebSocket.withToken(port, TOKEN.secret())) {
      vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(8, TimeUnit.SECONDS);
      assertThat(asleep.isCut()).isFalse();
    }
  }

  private void deploy(Vertx vertx, Optional<Token> token) throws Exception {
    server = new ServerVerticle(TestConfig.withPage(TestConfig.server(token, 1, 10)));
    server.onPage(addresses::add);
    deployment =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    port = server.httpPort().orElseThrow();
  }
}
