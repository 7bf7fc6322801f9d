package dev.toxserver.agent.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The revisions of the protocol. Until 2025 a client agrees on one with a handshake; since 2026
 * each of its requests names one, and there is no handshake. Both are spoken here, side by side.
 *
 * @param stateless whether requests name it themselves
 */
record Revision(String name, boolean stateless) {
  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  private static final List<String> STATELESS = List.of("2026-07-28");

  /** Those with a handshake, the newest first. */
  private static final List<String> HANDSHAKE =
      List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  /** That of requests which name none. */
  static final Revision OF_HANDSHAKE = new Revision(HANDSHAKE.get(0), false);

  /** All that are spoken, the newest first. */
  static JsonArray all() {
    return new JsonArray().addAll(new JsonArray(STATELESS)).addAll(new JsonArray(HANDSHAKE));
  }

  /** What a client is answered that asks for one in the handshake: that, or the newest there. */
  static String agreed(Object wanted) {
    return wanted instanceof String name && HANDSHAKE.contains(name) ? name : HANDSHAKE.get(0);
  }

  /**
   * The one that a request is in.
   *
   * @throws RpcException if it names one that is not spoken, or leaves out what that wants
   */
  static Revision of(JsonObject meta) throws RpcException {
    Object name = meta.getValue(VERSION);
    if (name == null) {
      return OF_HANDSHAKE;
    }
    if (!(name instanceof String text) || !STATELESS.contains(text)) {
      throw new RpcException(
          RpcError.UNSUPPORTED_VERSION,
          "Unsupported protocol version",
          Optional.of(new JsonObject().put("supported", all()).put("requested", name)));
    }
    if (!(meta.getValue(CAPABILITIES) instanceof JsonObject)) {
      throw new RpcException(RpcError.INVALID_PARAMS, "_meta: " + CAPABILITIES + " is missing");
    }
    return new Revision(text, true);
  }
}
