package dev.toxserver.protocol;

import io.vertx.core.json.jackson.JacksonCodec;
import io.vertx.core.spi.JsonFactory;
import io.vertx.core.spi.json.JsonCodec;

/**
 * Tells Vert.x how JSON is done here, without Jackson's data binding: Vert.x would look for that
 * first, in vain.
 */
public final class PlainJson implements JsonFactory {
  private final JsonCodec codec = new JacksonCodec();

  @Override
  public JsonCodec codec() {
    return codec;
  }
}
