package dev.toxserver.server;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What tests of narrow tokens begin with: a server that wants a token, and its user. */
@ExtendWith(VertxExtension.class)
abstract class TokenScene {
  @TempDir private Path folder;

  TokenServer server;
  FakeRunner runner;
  TestClient owner;

  @BeforeEach
  final void serve(Vertx vertx) throws Exception {
    server = new TokenServer(vertx, folder);
    runner = server.runner();
    owner = server.owner();
  }

  @AfterEach
  final void leave() throws Exception {
    server.close();
  }
}
