package dev.toxserver.protocol;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The bridge's frames: 4 bytes of length, big-endian, then that many bytes of one JSON object. */
public final class Frames {
  /** The bytes of the length before each frame. */
  public static final int LENGTH_BYTES = 4;

  private static final String TOKEN_HEADER = "token";

  private Frames() {}

  /** A frame as bytes, with its length before it. */
  public static Buffer encode(JsonObject frame) {
    return withLength(frame.toBuffer());
  }

  /** Puts the length before an encoded JSON object. */
  public static Buffer withLength(Buffer payload) {
    return Buffer.buffer(LENGTH_BYTES + payload.length())
        .appendInt(payload.length())
        .appendBuffer(payload);
  }

  /** Shows the server a token, as the first frame of a connection has to where one is wanted. */
  public static JsonObject withToken(JsonObject frame, String token) {
    return frame.put("headers", new JsonObject().put(TOKEN_HEADER, token));
  }

  /** The token that a frame shows, if any. */
  public static Optional<String> tokenOf(JsonObject frame) {
    return frame.getValue("headers") instanceof JsonObject headers
            && headers.getValue(TOKEN_HEADER) instanceof String token
        ? Optional.of(token)
        : Optional.empty();
  }

  /** Asks the bridge to pass on what is published on an address. */
  public static JsonObject register(String address) {
    return new JsonObject().put("type", "register").put("address", address);
  }

  /** Asks the bridge to pass on no more of that. */
  public static JsonObject unregister(String address) {
    return new JsonObject().put("type", "unregister").put("address", address);
  }

  /**
   * Sends a request; the answer, or an err frame, comes with {@code replyAddress} as its address.
   */
  public static JsonObject send(Request request, String replyAddress) {
    return new JsonObject()
        .put("type", "send")
        .put("address", request.address())
        .put("replyAddress", replyAddress)
        .put("body", RequestJson.encode(request));
  }

  /** The frame that carries one of a run's encoded events to a client, with its length. */
  public static Buffer event(RunId run, JsonObject event) {
    return OutputFrame.encode(run, event)
        .orElseGet(() -> encode(published(Addresses.output(run), event)));
  }

  /** What the stock bridge sends for a message that was published on an address. */
  static JsonObject published(String address, JsonObject body) {
    return new JsonObject()
        .put("type", "message")
        .put("address", address)
        .put("headers", new JsonObject())
        .put("body", body)
        .put("send", false);
  }

  /** Joins a server as a runner; the answer comes with {@code replyAddress} as its address. */
  public static JsonObject join(RunnerJoin join, String replyAddress) {
    return new JsonObject()
        .put("type", "send")
        .put("address", Addresses.JOIN)
        .put("replyAddress", replyAddress)
        .put("body", join.toJson());
  }

  /** Gives a runner an order; its answer, if one is wanted, comes to the replyAddress. */
  public static JsonObject order(String address, JsonObject body, Optional<String> replyAddress) {
    JsonObject frame =
        new JsonObject().put("type", "message").put("address", address).put("body", body);
    replyAddress.ifPresent(reply -> frame.put("replyAddress", reply));
    return frame.put("send", true);
  }

  /** Answers a frame that named a replyAddress. */
  public static JsonObject answer(JsonObject asked, JsonObject body) {
    return order(asked.getString("replyAddress", ""), body, Optional.empty());
  }

  /** The bridge answers it with a pong: a sign of life for both sides. */
  public static JsonObject ping() {
    return new JsonObject().put("type", "ping");
  }

  /** Answers a {@link #ping}. */
  public static JsonObject pong() {
    return new JsonObject().put("type", "pong");
  }

  /** Whether a client asks for a sign of life. */
  public static boolean isPing(JsonObject frame) {
    return "ping".equals(frame.getValue("type"));
  }

  /**
   * Says what was wrong with a frame that could not be passed on, in the shape of the bridge's own
   * err frames.
   *
   * @param cause the frame; if it names a reply address, the answer finds its way to the request
   */
  public static JsonObject error(JsonObject cause, ErrorCode code, String message) {
    return error(cause, code.number(), message);
  }

  /** The same with a code that somebody else has chosen. */
  public static JsonObject error(JsonObject cause, int code, String message) {
    JsonObject frame = new JsonObject().put("type", "err");
    if (cause.getValue("replyAddress") instanceof String replyAddress) {
      frame.put("address", replyAddress);
    }
    return frame.put("failureCode", code).put("message", message);
  }
}
