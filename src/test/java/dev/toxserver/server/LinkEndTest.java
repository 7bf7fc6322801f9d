package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who makes links to runs, how long those last, and what becomes of their readers then. */
class LinkEndTest extends TokenScene {
  @BeforeEach
  void aRunIsUnderWay() throws Exception {
    owner.runDetached("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "run"})
  void whoMayNotDoAllSharesNothing(String may) throws Exception {
    try (TestClient client = server.shows(server.make(may))) {
      assertThat(client.refusal("tox.share", id("a"), 403)).startsWith("address: this token may ");
    }
  }

  @Test
  void whoIsConnectedByOneThatExpiresIsToldAndDisconnectedAndComesInNoMore() throws Exception {
    JsonObject link = owner.answer("tox.share", id("a").put("for", 1));
    try (TestClient reader = server.shows(link.getString("token"))) {
      reader.attach("a", 0);
      assertThat(reader.socket().next().getString("message")).isEqualTo("the token has expired");
      assertThat(reader.socket().isClosedByServer()).isTrue();
    }
    server.turnsAway(link.getString("token"));
    assertThat(owner.answer("tox.tokens", new JsonObject()).getJsonArray("tokens")).isEmpty();
  }

  @Test
  void aLinkIsListedWithItsRunAndRevokedLikeOtherTokens() throws Exception {
    JsonObject link = owner.answer("tox.share", id("a"));
    String secret = (String) link.remove("token");
    assertThat(owner.answer("tox.tokens", new JsonObject()).getJsonArray("tokens").getJsonObject(0))
        .isEqualTo(link);
    assertThat(link.getString("may") + link.getString("run")).isEqualTo("linka");
    try (TestClient reader = server.shows(secret)) {
      owner.answer("tox.token.revoke", id(link.getString("id")));
      assertThat(reader.socket().next().getString("message")).isEqualTo("the token was revoked");
      assertThat(reader.socket().isClosedByServer()).isTrue();
    }
    server.turnsAway(secret);
  }

  @Test
  void oneThatWasMadeWithATokenLastsNoLongerThanThatAndEndsWithIt() throws Exception {
    JsonObject all =
        owner.answer("tox.token.create", new JsonObject().put("may", "all").put("for", 3_600));
    try (TestClient client = server.shows(all.getString("token"))) {
      JsonObject link = client.answer("tox.share", id("a").put("for", 7_200));
      assertThat(link.getDouble("expires")).isEqualTo(all.getDouble("expires"));
      try (TestClient reader = server.shows(link.getString("token"))) {
        owner.answer("tox.token.revoke", id(all.getString("id")));
        assertThat(reader.socket().next().getString("message")).isEqualTo("the token was revoked");
      }
      server.turnsAway(link.getString("token"));
    }
  }

  @Test
  void ofARunThatHasNotEndedItEndsTenMinutesAfterTheRunAndOfOneThatHasInAnHour() throws Exception {
    JsonObject early = owner.answer("tox.share", id("a"));
    assertThat(early.containsKey("expires")).isFalse();
    runner.exit("a", 0, 0);
    owner.settle();
    JsonObject late = owner.answer("tox.share", id("a"));
    assertThat(late.getDouble("expires") - late.getDouble("created")).isBetween(3_599.9, 3_600.1);
    JsonObject listed =
        owner.answer("tox.tokens", new JsonObject()).getJsonArray("tokens").getJsonObject(0);
    assertThat(listed.getDouble("expires") - listed.getDouble("created")).isBetween(590.0, 660.0);
    try (TestClient reader = server.shows(early.getString("token"))) {
      assertThat(reader.attach("a", 0).getString("state")).isEqualTo("passed");
    }
  }

  @Test
  void aRunThatIsKeptNoMoreIsReadByNoLink() throws Exception {
    String link = owner.answer("tox.share", id("a")).getString("token");
    runner.exit("a", 0, 0);
    for (int n = 0; n < TestConfig.KEEPING.runs(); n++) {
      owner.runDetached("later" + n);
      runner.exit("later" + n, 0, 0);
      owner.settle();
    }
    assertThat(owner.refusal("tox.share", id("a"), 404)).contains("knows no run a");
    server.turnsAway(link);
  }

  @Test
  void aSecretThatIsGuessedOpensNothing() throws Exception {
    String link = owner.answer("tox.share", id("a")).getString("token");
    char last = link.charAt(link.length() - 1);
    server.turnsAway(link.substring(0, link.length() - 1) + (last == '0' ? '1' : '0'));
    server.turnsAway(link.substring(0, link.lastIndexOf('_') + 1));
    server.turnsAway("toxs_a_");
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }
}
