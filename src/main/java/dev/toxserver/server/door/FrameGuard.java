package dev.toxserver.server.door;

import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at every frame of one connection, and passes on only requests and pings, in a form that the
 * stock bridge can digest. What no honest client sends is answered with an err frame, logged, and
 * ends the connection; what is only not permitted is answered.
 *
 * <p>It is given the bytes of frames as the bridge has them, each after its length. A transport
 * with messages of its own puts the length before each.
 */
final class FrameGuard implements Handler<Buffer> {
  /** The longest frame that is taken in: a request's arguments are at most 128 KiB. */
  static final int MAX_FRAME_BYTES = 1024 * 1024;

  /** The longest frame that is taken from a client that has not shown its token. */
  static final int MAX_FIRST_FRAME_BYTES = 256 * 1024;

  /** The most frames that are taken from a client that does not read its answers. */
  static final int MAX_UNANSWERED = 1_000;

  /** And the most bytes: an answer may be as long as what was asked, for it repeats that. */
  static final int MAX_UNANSWERED_BYTES = 4 * MAX_FRAME_BYTES;

  private static final Logger LOG = Logger.getLogger(FrameGuard.class.getName());

  private final Connection connection;
  private final Gate gate;
  private final FrameRules rules;
  private final BegunFrame begun;
  private final Consumer<JsonObject> next;
  private final FrameDecoder decoder =
      new FrameDecoder(this::maxLength, this::payload, this::wrongLength);
  private boolean hungUp;
  private boolean paused;
  private int unanswered;
  private long unansweredBytes;

  /**
   * Stands before what deals with a connection's frames.
   *
   * @param next takes each that is admitted, as {@link FrameRules#admit} returns it
   */
  FrameGuard(Connection connection, Gate gate, Consumer<JsonObject> next) {
    this.connection = connection;
    this.gate = gate;
    this.rules = new FrameRules(connection, gate);
    this.begun = gate.frameOf(connection, () -> evict("began a frame and did not end it"));
    this.next = next;
  }

  @Override
  public void handle(Buffer bytes) {
    connection.heard();
    if (!gate.intake().take(bytes.length(), () -> decode(bytes))) {
      paused = true;
      connection.wire().pause();
    }
  }

  private void decode(Buffer bytes) {
    decoder.handle(bytes);
    begun.holds(hungUp || connection.isClosed() ? 0 : decoder.unfinished());
    if (paused) {
      paused = false;
      connection.wire().resume();
    }
  }

  private void payload(Buffer payload) {
    begun.end();
    gate.intake().spend(payload.length());
    if (hungUp || isOfGoneRunner() || hasPiledUp(payload.length())) {
      return;
    }
    JsonObject frame = new JsonObject();
    try {
      if (connection.runner().isPresent() && connection.runner().get().takeOutput(payload)) {
        return;
      }
      frame = payload.toJsonObject();
    } catch (MalformedException e) {
      broken(frame, e.getMessage());
      return;
    } catch (DecodeException e) {
      broken(new JsonObject(), "a frame must be a JSON object");
      return;
    }
    Optional<Objection> objection = gate.objection(connection, frame);
    if (objection.isPresent()) {
      turnAway(frame, objection.get());
      return;
    }
    try {
      rules.admit(frame).ifPresent(next);
    } catch (RefusedException e) {
      send(Frames.error(frame, e.code(), e.getMessage()));
    } catch (MalformedException e) {
      broken(frame, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "the bridge could not digest a frame", e);
      broken(frame, "this frame can't be handled");
    }
  }

  /** When it is back by another connection, it sends the same once more. */
  private boolean isOfGoneRunner() {
    return connection.isClosed() && connection.runner().isPresent();
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
      broken(new JsonObject(), reason);
    }
  }

  private void send(JsonObject frame) {
    connection.answer(Frames.encode(frame));
  }

  private void turnAway(JsonObject frame, Objection objection) {
    objection
        .message()
        .map(message -> Frames.error(frame, ErrorCode.UNAUTHENTICATED, message))
        .ifPresentOrElse(
            lastWord -> hangUp(lastWord, objection.deed(), ""), () -> evict(objection.deed()));
  }

  private void broken(JsonObject frame, String problem) {
    hangUp(
        Frames.error(frame, ErrorCode.MALFORMED, problem), "sent a broken frame", ": " + problem);
  }

  private void hangUp(JsonObject lastWord, String deed, String detail) {
    hungUp = true;
    decoder.stop();
    gate.dismiss(connection, Frames.encode(lastWord), deed, detail);
  }

  private void evict(String deed) {
    hungUp = true;
    decoder.stop();
    gate.evict(connection, deed);
  }
}
