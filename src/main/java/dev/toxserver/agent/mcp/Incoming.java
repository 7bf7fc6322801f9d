package dev.toxserver.agent.mcp;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A message of the agent's.
 *
 * @param id of a request: a text or a whole number; a notification has none
 * @param params none if there are none
 */
record Incoming(Optional<Object> id, String method, Optional<JsonObject> params) {
  private static final String VERSION = "2.0";

  /** A message that can't be understood, and its id as far as there is one to be read. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Object id;
    private final RpcException error;

    private BrokenException(Object id, RpcError error, String message) {
      super(message);
      this.id = id;
      this.error = new RpcException(error, message);
    }

    /** Null if it could not be read. */
    Object id() {
      return id;
    }

    RpcException error() {
      return error;
    }
  }

  /**
   * Reads one.
   *
   * @return nothing if it is the answer to a request: none was made
   * @throws BrokenException if it is no message
   */
  static Optional<Incoming> read(String line) throws BrokenException {
    JsonObject message = object(line);
    Object id = message.getValue("id");
    Object method = message.getValue("method");
    if (method == null && (message.containsKey("result") || message.containsKey("error"))) {
      return Optional.empty();
    }
    if (message.containsKey("id") && !isId(id)) {
      throw broken(null, "id: must be a string or a whole number");
    }
    if (!VERSION.equals(message.getValue("jsonrpc"))) {
      throw broken(id, "jsonrpc: must be \"2.0\"");
    }
    if (!(method instanceof String name)) {
      throw broken(id, "method: must be a string");
    }
    Object params = message.getValue("params");
    if (params != null && !(params instanceof JsonObject)) {
      throw new BrokenException(id, RpcError.INVALID_PARAMS, "params: must be an object");
    }
    return Optional.of(
        new Incoming(Optional.ofNullable(id), name, Optional.ofNullable((JsonObject) params)));
  }

  private static JsonObject object(String line) throws BrokenException {
    Object value;
    try {
      value = Json.decodeValue(line);
    } catch (DecodeException e) {
      throw new BrokenException(null, RpcError.PARSE, "this is no JSON");
    }
    if (value instanceof JsonArray) {
      throw broken(null, "no batches: send a message a line");
    }
    if (!(value instanceof JsonObject object)) {
      throw broken(null, "a message must be an object");
    }
    return object;
  }

  private static BrokenException broken(Object id, String message) {
    return new BrokenException(id, RpcError.INVALID_REQUEST, message);
  }

  private static boolean isId(Object id) {
    return id instanceof String
        || id instanceof Integer
        || id instanceof Long
        || id instanceof BigInteger;
  }

  /** What it says of itself, or an empty object. */
  JsonObject meta() {
    return params
        .map(all -> all.getValue("_meta"))
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElseGet(JsonObject::new);
  }
}
