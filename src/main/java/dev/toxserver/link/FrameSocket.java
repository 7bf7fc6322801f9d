package dev.toxserver.link;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.OutputFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One connected socket: frames go out, frames come in, and pings show that the server is still
 * there. A server can vanish without closing its side, so a socket that stays silent counts as
 * lost.
 */
final class FrameSocket {
  private static final Logger LOG = Logger.getLogger(FrameSocket.class.getName());

  /** The protocol asks for a ping every 10 s. */
  private static final long PING_MILLIS = 5_000;

  /**
   * Silence is measured in pings that were sent, not in time: a process that was stopped for an
   * hour (^Z) has sent none, and finds the server's answers unread when it goes on.
   */
  private static final int MOST_UNANSWERED = 3;

  /** How long the last ping may stay unanswered: the socket is lost after 16 s of silence. */
  private static final long LAST_PING_MILLIS = 1_000;

  /** The largest event is 64 KiB of output in base64; this is more than ten times as much. */
  private static final int MAX_FRAME_BYTES = 1024 * 1024;

  private final Vertx vertx;
  private final NetSocket socket;
  private final Consumer<Throwable> onLost;
  private Optional<Token> token;
  private long nextPing;
  private int unanswered;
  private boolean paused;
  private boolean closed;

  /**
   * Takes over a connected socket.
   *
   * @param token is put into the first frame that is sent
   * @param onOutput takes each frame of output
   * @param onFrame takes each other frame
   * @param onLost takes the reason, once, when the socket was closed by the server, fell silent, or
   *     sent what is no frame; not called after {@link #close}
   */
  FrameSocket(
      Vertx vertx,
      NetSocket socket,
      Optional<Token> token,
      Consumer<OutputFrame> onOutput,
      Consumer<JsonObject> onFrame,
      Consumer<Throwable> onLost) {
    this.vertx = vertx;
    this.token = token;
    this.socket = socket;
    this.onLost = onLost;
    FrameDecoder decoder =
        new FrameDecoder(
            () -> MAX_FRAME_BYTES,
            payload -> decode(payload, onOutput, onFrame),
            reason -> lost(new IOException("it sent " + reason)));
    socket.handler(
        bytes -> {
          unanswered = 0;
          decoder.handle(bytes);
        });
    socket.exceptionHandler(this::lost);
    socket.closeHandler(gone -> lost(new IOException("it was closed by the server")));
    nextPing = vertx.setTimer(PING_MILLIS, timer -> ping());
  }

  /** Sends a frame. */
  void send(JsonObject frame) {
    token.ifPresent(shown -> Frames.withToken(frame, shown.secret()));
    token = Optional.empty();
    log("sent", frame);
    socket.write(Frames.withLength(FrameWriter.write(frame)));
  }

  /** Sends a frame that is encoded, with its length; not as the first. */
  void send(Buffer frame) {
    socket.write(frame);
  }

  /** Reads nothing more until {@link #resume}, so that what is not wanted yet stays on the way. */
  void pause() {
    paused = true;
    socket.pause();
  }

  /** Reads again. */
  void resume() {
    paused = false;
    unanswered = 0;
    socket.resume();
  }

  /** Closes the socket when all that was sent is out. */
  void close() {
    if (!closed) {
      closed = true;
      vertx.cancelTimer(nextPing);
      socket.close();
    }
  }

  /**
   * Sets its own next timer: a periodic one would fire for all the pings that a stopped process has
   * missed, at once, and each would count as unanswered.
   */
  private void ping() {
    if (unanswered == MOST_UNANSWERED) {
      lost(new SocketTimeoutException("nothing was heard for 15 s"));
      return;
    }
    send(Frames.ping());
    // What was answered can't be known while nothing is read.
    unanswered = paused ? 0 : unanswered + 1;
    nextPing =
        vertx.setTimer(
            unanswered == MOST_UNANSWERED ? LAST_PING_MILLIS : PING_MILLIS, timer -> ping());
  }

  private void decode(
      Buffer payload, Consumer<OutputFrame> onOutput, Consumer<JsonObject> onFrame) {
    if (closed) {
      return;
    }
    Optional<OutputFrame> output = OutputFrame.decode(payload);
    if (output.isPresent()) {
      LOG.log(Level.FINE, "received output of {0}", output.get().run());
      onOutput.accept(output.get());
      return;
    }
    JsonObject frame;
    try {
      frame = FrameReader.read(payload);
    } catch (DecodeException e) {
      lost(new IOException("it sent a frame that is no JSON object"));
      return;
    }
    log("received", frame);
    onFrame.accept(frame);
  }

  /** Logs the kind of a frame and of the event in it, never its content: that may be secret. */
  private static void log(String what, JsonObject frame) {
    if (LOG.isLoggable(Level.FINE)) {
      Object event = frame.getValue("body") instanceof JsonObject body ? body.getValue("type") : "";
      LOG.log(
          Level.FINE,
          "{0} {1} {2} {3}",
          new Object[] {
            what, frame.getValue("type"), frame.getString("address", ""), event == null ? "" : event
          });
    }
  }

  private void lost(Throwable reason) {
    if (!closed) {
      LOG.log(Level.FINE, "The connection is gone: {0}", reason.getMessage());
      close();
      onLost.accept(reason);
    }
  }
}
