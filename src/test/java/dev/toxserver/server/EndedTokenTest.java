package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of clients whose token ends. */
class EndedTokenTest extends TokenScene {
  @ParameterizedTest
  @ValueSource(strings = {"read", "run", "all"})
  void whoIsConnectedWithOneThatIsRevokedIsToldAndDisconnectedAndComesInNoMore(String may)
      throws Exception {
    JsonObject made = owner.answer("tox.token.create", new JsonObject().put("may", may));
    try (TestClient client = server.shows(made.getString("token"));
        TestClient bystander = server.anotherOwner()) {
      assertThat(owner.answer("tox.token.revoke", id(made)).getString("revoked"))
          .isEqualTo(made.getString("id"));
      assertThat(client.socket().next().getString("message")).isEqualTo("the token was revoked");
      assertThat(client.socket().isClosedByServer()).isTrue();
      bystander.answer("tox.ping", new JsonObject());
    }
    server.turnsAway(made.getString("token"));
  }

  @Test
  void whoIsConnectedWithOneThatExpiresIsToldAndDisconnectedAndComesInNoMore() throws Exception {
    JsonObject request = new JsonObject().put("may", "read").put("for", 1);
    String token = owner.answer("tox.token.create", request).getString("token");
    try (TestClient client = server.shows(token)) {
      assertThat(client.socket().next().getString("message")).isEqualTo("the token has expired");
      assertThat(client.socket().isClosedByServer()).isTrue();
    }
    server.turnsAway(token);
    assertThat(owner.answer("tox.tokens", new JsonObject()).getJsonArray("tokens")).isEmpty();
  }

  @Test
  void aRunThatWasAskedForWithOneThatIsRevokedEndsAsWithALostClientButADetachedOneGoesOn()
      throws Exception {
    JsonObject made = owner.answer("tox.token.create", new JsonObject().put("may", "run"));
    try (TestClient client = server.shows(made.getString("token"))) {
      client.run("a");
      client.runDetached("b");
      owner.answer("tox.token.revoke", id(made));
      assertThat(runner.nextCancel()).isEqualTo("a");
      runner.exit("a", 0, 130);
      owner.settle();
      JsonObject b = new JsonObject().put("id", "b");
      assertThat(owner.answer("tox.status", b).encode()).contains("\"running\"");
    }
  }

  private static JsonObject id(JsonObject made) {
    return new JsonObject().put("id", made.getString("id"));
  }
}
