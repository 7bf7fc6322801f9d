package dev.toxserver.agent.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A message that can't be answered but with an error; its message is one line. */
final class RpcException extends Exception {
  private static final long serialVersionUID = 1;

  private final RpcError error;
  private final transient Optional<JsonObject> data;

  RpcException(RpcError error, String message) {
    this(error, message, Optional.empty());
  }

  RpcException(RpcError error, String message, Optional<JsonObject> data) {
    super(message);
    this.error = error;
    this.data = data;
  }

  /** The error as JSON-RPC has it. */
  JsonObject toJson() {
    JsonObject json = new JsonObject().put("code", error.code()).put("message", getMessage());
    data.ifPresent(more -> json.put("data", more));
    return json;
  }
}
