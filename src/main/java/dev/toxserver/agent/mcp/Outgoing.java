package dev.toxserver.agent.mcp;

import io.vertx.core.json.JsonObject;

/** What is written, a line of JSON each. */
final class Outgoing {
  private static final String SERVER = "io.modelcontextprotocol/serverInfo";

  private Outgoing() {}

  /**
   * The answer to a request.
   *
   * @param info who answers
   */
  static String result(Object id, Revision revision, JsonObject info, JsonObject result) {
    JsonObject whole = revision.stateless() ? complete(info, result) : result;
    return message().put("id", id).put("result", whole).encode();
  }

  private static JsonObject complete(JsonObject info, JsonObject result) {
    return result.put("resultType", "complete").put("_meta", new JsonObject().put(SERVER, info));
  }

  /** Why there is none; the id is null if it could not be read. */
  static String error(Object id, RpcException error) {
    return message().put("id", id).put("error", error.toJson()).encode();
  }

  /** A request is still being carried out, after so many seconds. */
  static String progress(Object token, int seconds) {
    JsonObject params =
        new JsonObject()
            .put("progressToken", token)
            .put("progress", seconds)
            .put("message", "the run goes on");
    return message().put("method", "notifications/progress").put("params", params).encode();
  }

  private static JsonObject message() {
    return new JsonObject().put("jsonrpc", "2.0");
  }
}
