package dev.toxserver.server.tokens;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Where narrow tokens are kept: without their secrets, each under its id. */
public interface TokenStore {
  /** A file in a folder, for one server. */
  static TokenStore in(Vertx vertx, Path folder) {
    return new KeptTokens(vertx, folder);
  }

  /**
   * Reads those that there are.
   *
   * @param onChange is told from then on which token other servers have made, or, with nothing,
   *     that they have revoked one
   */
  Future<Map<String, JsonObject>> open(BiConsumer<String, Optional<JsonObject>> onChange);

  /** Keeps these, and no others. */
  Future<Void> write(Map<String, JsonObject> all);
}
