package dev.toxserver.server.door;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** What a client's frame may say, and what of it is passed on. */
final class FrameRules {
  static final String NO_PUBLISHING = "address: nobody may publish through the bridge";

  private final Connection connection;
  private final Gate gate;

  FrameRules(Connection connection, Gate gate) {
    this.connection = connection;
    this.gate = gate;
  }

  /**
   * Registers and unregisters runs' addresses, and has runners join, as the frame says.
   *
   * @return a request or a ping, for others to answer; with none of the client's headers, from
   *     which the bridge would read a timeout, a codec and more
   * @throws RefusedException for what is not permitted: the client is told, and may go on
   * @throws MalformedException for what no honest client sends
   */
  Optional<JsonObject> admit(JsonObject frame) {
    checkText(frame, "replyAddress");
    checkText(frame, "address");
    checkHeaders(frame.getValue("headers"));
    if (!(frame.getValue("type") instanceof String type)) {
      throw new MalformedException("type", "is missing or no string");
    }
    return switch (type) {
      case "ping" -> Optional.of(Frames.ping());
      case "send" -> request(frame);
      case "register" -> {
        register(frame);
        yield Optional.empty();
      }
      case "unregister" -> {
        unregister(frame);
        yield Optional.empty();
      }
      case "publish" -> throw refused(NO_PUBLISHING);
      case "message", "err" -> {
        connection.runner().orElseThrow(FrameRules::unknownType).take(frame);
        yield Optional.empty();
      }
      default -> throw unknownType();
    };
  }

  private Optional<JsonObject> request(JsonObject frame) {
    String address = address(frame);
    if (address.equals(Addresses.JOIN)) {
      join(frame);
      return Optional.empty();
    }
    if (!Addresses.REQUESTS.contains(address)) {
      throw refused("address: must be one of " + String.join(", ", Addresses.REQUESTS));
    }
    check(rights().maySend(address));
    FiniteNumbers.check(frame);
    return Optional.of(
        frame.put("headers", new JsonObject().put(Connections.HEADER, connection.name())));
  }

  private void join(JsonObject frame) {
    if (!connection.mayJoin()) {
      throw new RefusedException(
          ErrorCode.FORBIDDEN,
          "address: only runners that show the server's runner token may join ('serve"
              + " --runner-token-file')");
    }
    // A frame may be taken in a later turn, and its connection's end would never be told.
    if (!connection.isClosed()) {
      connection.joined(gate.door().join(connection, frame));
    }
  }

  private Rights rights() {
    return connection
        .rights()
        .filter(granted -> connection.mayAsk())
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.FORBIDDEN, "address: is for clients, and not for runners"));
  }

  private void check(boolean granted) {
    if (!granted) {
      throw new RefusedException(ErrorCode.FORBIDDEN, "address: " + rights().words());
    }
  }

  private static MalformedException unknownType() {
    return new MalformedException("type", "must be send, register, unregister or ping");
  }

  private void register(JsonObject frame) {
    RunId id = runOf(frame);
    check(rights().mayRun());
    if (connection.isClosed()) {
      // Its end has been told, and this would count for ever.
      return;
    }
    if (!connection.subscriptions().mayGrow()) {
      throw refused(
          "address: " + connection.subscriptions().size() + " are registered, no more can be");
    }
    if (!connection.subscriptions().register(id)) {
      throw refused("address: is registered already");
    }
  }

  private void unregister(JsonObject frame) {
    RunId id = runOf(frame);
    if (!connection.subscriptions().end(id)) {
      throw refused("address: is not registered");
    }
  }

  private static RunId runOf(JsonObject frame) {
    try {
      return Addresses.runOf(address(frame));
    } catch (MalformedException e) {
      throw refused(e.getMessage());
    }
  }

  /** Empty if there is none, or null, on which the bridge would fail. */
  private static String address(JsonObject frame) {
    return frame.getValue("address") instanceof String address ? address : "";
  }

  private static void checkText(JsonObject frame, String field) {
    Object value = frame.getValue(field);
    if (value != null && !(value instanceof String)) {
      throw new MalformedException(field, "must be a string");
    }
  }

  private static void checkHeaders(Object headers) {
    if (headers == null) {
      return;
    }
    if (!(headers instanceof JsonObject object)) {
      throw new MalformedException("headers", "must be an object of strings");
    }
    for (Map.Entry<String, Object> header : object) {
      if (!(header.getValue() instanceof String)) {
        throw new MalformedException("headers", header.getKey() + " must be a string");
      }
    }
  }

  private static RefusedException refused(String message) {
    return new RefusedException(ErrorCode.MALFORMED, message);
  }
}
