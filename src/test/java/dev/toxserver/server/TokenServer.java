package dev.toxserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.Frames;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A server that wants a token, and its user, who makes others that may less. */
final class TokenServer implements AutoCloseable {
  private static final String OWN = "the-servers-own-token";

  /** So many events of this size are more than the sockets' buffers hold. */
  private static final int CHUNKS = 400;

  private static final int CHUNK = 64 * 1024;

  private final FakeRunner runner;
  private final int port;
  private final TestClient owner;

  /** Keeps its tokens in a folder. */
  TokenServer(Vertx vertx, Path folder) throws Exception {
    runner = new FakeRunner(vertx);
    port = runner.deploy(TestConfig.server(new Token(OWN), folder.resolve("state"))).port();
    owner = shows(OWN);
  }

  FakeRunner runner() {
    return runner;
  }

  int port() {
    return port;
  }

  /** A client that has shown the server's own token. */
  TestClient owner() {
    return owner;
  }

  /** Another one. */
  TestClient anotherOwner() throws Exception {
    return shows(OWN);
  }

  /** A client that has shown a token. */
  TestClient shows(String token) throws Exception {
    TestClient client = new TestClient(port);
    client.socket().show(token);
    return client;
  }

  /** Checks that nobody is let in by a token that has ended. */
  void turnsAway(String token) throws IOException {
    try (TestClient late = new TestClient(port)) {
      late.socket().send(Frames.withToken(Frames.ping(), token));
      assertThat(late.socket().next().getString("message"))
          .startsWith("the token that was shown has expired, was revoked, or is another server's");
      assertThat(late.socket().isClosedByServer()).isTrue();
    }
  }

  /**
   * Checks that the run "a", which has printed nothing yet, does not wait for who shows a token,
   * attaches and takes nothing meanwhile, and that all is sent to it once it goes on.
   */
  void letsReadSlowly(String token) throws Exception {
    try (TestClient reader = shows(token)) {
      reader.attach("a", 0);
      for (int seq = 0; seq < CHUNKS; seq++) {
        runner.output("a", seq, seq + 1, CHUNK);
        runner.awaitAcknowledge(seq);
      }
      runner.exit("a", CHUNKS, 0);
      reader.awaitSeqs("a", 0, CHUNKS);
      assertThat(reader.event("a").getString("type")).isEqualTo("exit");
    }
  }

  /** Makes a token. */
  String make(String may, String... patterns) throws Exception {
    JsonObject request = new JsonObject().put("may", may);
    if (patterns.length > 0) {
      request.put("args", new JsonArray(List.of(patterns)));
    }
    return owner.answer("tox.token.create", request).getString("token");
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
