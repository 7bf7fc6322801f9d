package dev.toxserver.server.tokens;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The tokens of one server, in a file of its own. Written in the order in which it is asked. */
final class KeptTokens implements TokenStore {
  private final Vertx vertx;
  private final TokensFile file;

  KeptTokens(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.file = new TokensFile(folder);
  }

  /** Nobody else changes them. */
  @Override
  public Future<Map<String, JsonObject>> open(BiConsumer<String, Optional<JsonObject>> onChange) {
    return vertx
        .executeBlocking(file::read)
        .map(
            found -> {
              Map<String, JsonObject> named = new LinkedHashMap<>();
              found.forEach(token -> named.put(token.status().id(), token.toJson()));
              return named;
            });
  }

  @Override
  public Future<Void> write(Map<String, JsonObject> all) {
    String text = TokensFile.encode(all.values());
    return vertx.executeBlocking(
        () -> {
          file.write(text);
          return null;
        });
  }
}
