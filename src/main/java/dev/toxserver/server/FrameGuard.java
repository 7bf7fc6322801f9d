package dev.toxserver.server;

import dev.toxserver.protocol.Addresses;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at every frame of one connection before the bridge does, and passes on only what the bridge
 * can digest. What no honest client sends is answered with an err frame, logged, and ends the
 * connection; what is only not permitted is answered.
 */
final class FrameGuard implements Handler<Buffer> {
  /** The longest frame that is taken in: a request's arguments are at most 128 KiB. */
  static final int MAX_FRAME_BYTES = 1024 * 1024;

  /** Before it has shown the token that is wanted, a connection can fill no more than this. */
  static final int MAX_FIRST_FRAME_BYTES = 256 * 1024;

  static final String NO_PUBLISHING = "address: nobody may publish through the bridge";

  private static final String WANTS_TOKEN =
      "this server wants a token: name it with --token-file or TOX_SERVER_TOKEN,"
          + " or work in the project where the server wrote .tox-server/token";

  /** So many frames are taken from a client that does not read its answers. */
  static final int MAX_UNANSWERED = 1_000;

  /** And so much in all: an answer may be as long as what was asked, for it names that. */
  static final int MAX_UNANSWERED_BYTES = 4 * MAX_FRAME_BYTES;

  /** So many runs can a connection listen to at once. */
  static final int MAX_SUBSCRIPTIONS = 1_000;

  private static final Logger LOG = Logger.getLogger(FrameGuard.class.getName());

  private final Connection connection;
  private final Gate gate;
  private final Handler<Buffer> bridge;
  private final FrameDecoder decoder =
      new FrameDecoder(this::maxLength, this::payload, this::wrongLength);
  private boolean hungUp;
  private int unanswered;
  private long unansweredBytes;

  FrameGuard(Connection connection, Gate gate, Handler<Buffer> bridge) {
    this.connection = connection;
    this.gate = gate;
    this.bridge = bridge;
  }

  @Override
  public void handle(Buffer bytes) {
    if (!hungUp) {
      decoder.handle(bytes);
    }
  }

  private void payload(Buffer payload) {
    if (hungUp || hasPiledUp(payload.length())) {
      return;
    }
    JsonObject frame;
    try {
      frame = payload.toJsonObject();
    } catch (DecodeException e) {
      hangUp(new JsonObject(), ErrorCode.MALFORMED, "a frame must be a JSON object");
      return;
    }
    if (!gate.lets(connection, frame)) {
      hangUp(frame, ErrorCode.UNAUTHENTICATED, WANTS_TOKEN);
      return;
    }
    try {
      check(frame);
    } catch (MalformedException e) {
      hangUp(frame, ErrorCode.MALFORMED, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "the bridge could not digest a frame", e);
      hangUp(frame, ErrorCode.MALFORMED, "this frame can't be handled");
    }
  }

  private int maxLength() {
    return connection.isAuthenticated() ? MAX_FRAME_BYTES : MAX_FIRST_FRAME_BYTES;
  }

  /** Each frame has an answer, and a client that takes none would fill the server with them. */
  private boolean hasPiledUp(int bytes) {
    boolean full = connection.isFull();
    unanswered = full ? unanswered + 1 : 0;
    unansweredBytes = full ? unansweredBytes + bytes : 0;
    if (unanswered > MAX_UNANSWERED || unansweredBytes > MAX_UNANSWERED_BYTES) {
      evict("sends, but does not read");
    }
    return hungUp;
  }

  /** A browser that was sent here by a page shall learn nothing. */
  private void wrongLength(String reason) {
    if (decoder.foundText()) {
      evict("speaks another protocol");
    } else {
      hangUp(new JsonObject(), ErrorCode.MALFORMED, reason);
    }
  }

  private void check(JsonObject frame) {
    checkText(frame, "replyAddress");
    checkText(frame, "address");
    checkHeaders(frame.getValue("headers"));
    if (!(frame.getValue("type") instanceof String type)) {
      throw new MalformedException("type", "is missing or no string");
    }
    switch (type) {
      case "ping" -> pass(Frames.ping(), new JsonObject());
      case "send" -> request(frame);
      case "register" -> register(frame);
      case "unregister" -> unregister(frame);
      case "publish" -> refuse(frame, NO_PUBLISHING);
      default -> throw new MalformedException("type", "must be send, register, unregister or ping");
    }
  }

  private void request(JsonObject frame) {
    if (!Addresses.REQUESTS.contains(address(frame))) {
      refuse(frame, "address: must be one of " + String.join(", ", Addresses.REQUESTS));
      return;
    }
    pass(frame, new JsonObject().put(Connections.HEADER, connection.name()));
  }

  private void register(JsonObject frame) {
    withRun(
        frame,
        id -> {
          if (connection.subscriptions() >= MAX_SUBSCRIPTIONS) {
            refuse(frame, "address: " + MAX_SUBSCRIPTIONS + " are registered, no more can be");
          } else if (connection.subscribe(id)) {
            pass(frame, new JsonObject());
          } else {
            refuse(frame, "address: is registered already");
          }
        });
  }

  private void unregister(JsonObject frame) {
    withRun(
        frame,
        id -> {
          if (connection.unsubscribe(id)) {
            pass(frame, new JsonObject());
          } else {
            refuse(frame, "address: is not registered");
          }
        });
  }

  private void withRun(JsonObject frame, Consumer<RunId> action) {
    RunId id;
    try {
      id = Addresses.runOf(address(frame));
    } catch (MalformedException e) {
      refuse(frame, e.getMessage());
      return;
    }
    action.accept(id);
  }

  /** Empty if there is none, or null, which the bridge would stumble over. */
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

  /** None of the client's headers: the bridge reads a timeout, a codec and more from them. */
  private void pass(JsonObject frame, JsonObject headers) {
    bridge.handle(Frames.encode(frame.put("headers", headers)));
  }

  private void refuse(JsonObject frame, String message) {
    send(Frames.error(frame, ErrorCode.MALFORMED, message));
  }

  private void send(JsonObject frame) {
    connection.socket().write(Frames.encode(frame));
  }

  private void hangUp(JsonObject frame, ErrorCode code, String reason) {
    hungUp = true;
    log(code == ErrorCode.MALFORMED ? "sent a broken frame: " + reason : "showed no valid token");
    gate.dismiss(connection, Frames.encode(Frames.error(frame, code, reason)));
  }

  private void evict(String reason) {
    hungUp = true;
    log(reason);
    connection.evict();
  }

  private void log(String reason) {
    LOG.log(Level.WARNING, "{0} is disconnected: it {1}", new Object[] {connection, reason});
  }
}
