package dev.toxserver.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.BridgeSocket;
import dev.toxserver.config.Token;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Others' clients ping before their user's first frame, the first that can carry a token. */
@Timeout(20)
class KnockTest {
  private static final String TOKEN = "open-sesame-0123456";
  private static final String PING = "{\"type\":\"ping\"}";

  private static GuardedBridge bridge;
  private BridgeSocket client;

  @BeforeAll
  static void listen() {
    bridge = new GuardedBridge(Optional.of(new Token(TOKEN)));
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  @BeforeEach
  void connect() throws IOException {
    client = bridge.connect();
    bridge.passed().clear();
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
  }

  @Test
  void threePingsAreAnsweredAndTheTokenIsTakenAfterThem() throws IOException {
    for (int n = 0; n < Gate.MAX_PINGS; n++) {
      assertThat(client.isAnswered()).isTrue();
    }

    client.send(request().put("headers", new JsonObject().put("token", TOKEN)));
    assertThat(client.next().getString("type")).isEqualTo("message");
    for (int n = 0; n < 10; n++) {
      assertThat(client.isAnswered()).isTrue();
    }
  }

  @Test
  void aFourthPingIsOneTooMany() throws IOException {
    for (int n = 0; n < Gate.MAX_PINGS; n++) {
      assertThat(client.isAnswered()).isTrue();
    }

    client.send(PING);
    assertTurnedAway("this server wants a token: ");
  }

  @Test
  void pingsLetNothingElseIn() throws IOException {
    assertThat(client.isAnswered()).isTrue();

    client.send(request());
    assertTurnedAway("this server wants a token: ");
    assertThat(bridge.passed()).isEmpty();
  }

  @Test
  void pingsPutTheDeadlineOffByNothing() throws IOException {
    assertThat(client.isAnswered()).isTrue();

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void aPingWithAWrongTokenIsTurnedAwayAndTheWordsSayWhich() throws IOException {
    client.send(new JsonObject(PING).put("headers", new JsonObject().put("token", "guess")));

    assertTurnedAway("this server has another token than the one shown: ");
  }

  private static JsonObject request() {
    return new JsonObject()
        .put("type", "send")
        .put("address", "tox.ping")
        .put("body", new JsonObject())
        .put("replyAddress", "r");
  }

  private void assertTurnedAway(String words) throws IOException {
    JsonObject answer = client.next();
    assertThat(answer.getInteger("failureCode")).isEqualTo(401);
    assertThat(answer.getString("message")).startsWith(words);
    assertThat(client.isAtEnd()).isTrue();
  }
}
