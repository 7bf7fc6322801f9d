package dev.toxserver.client;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.OutputFrame;
import dev.toxserver.protocol.Request;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connection to the bridge: frames out, frames in, and a ping now and then. One over which
 * nothing comes any more counts as lost: the other side may be gone without a word.
 */
final class Link {
  private static final Logger LOG = Logger.getLogger(Link.class.getName());

  /** Half of what the contract asks for. */
  private static final long PING_MILLIS = 5_000;

  /**
   * Pings are counted, and not the time: a client that was stopped for long finds answers unread,
   * and must not take its own sleep for the server's silence.
   */
  private static final int MOST_UNANSWERED = 3;

  /** With it, nothing was heard for a little more than 15 s when the connection is given up. */
  private static final long LAST_CHANCE_MILLIS = 1_000;

  /** Four times what the largest event needs: 64 KiB of output in base64. */
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
   * @param token what the first frame shows to the server
   * @param onOutput takes each frame of output
   * @param onFrame takes each other frame
   * @param onLost takes the reason, once, when the connection is of no more use
   */
  Link(
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

  void register(String address) {
    write(Frames.register(address));
  }

  void send(Request request, String replyAddress) {
    write(Frames.send(request, replyAddress));
  }

  /**
   * Takes no more from the server until {@link #resume}: it slows the run, and nothing piles up.
   */
  void pause() {
    paused = true;
    socket.pause();
  }

  void resume() {
    paused = false;
    unanswered = 0;
    socket.resume();
  }

  void close() {
    if (!closed) {
      closed = true;
      vertx.cancelTimer(nextPing);
      socket.close();
    }
  }

  /** Each time anew, since a periodic timer makes up for the calls that it has missed. */
  private void ping() {
    if (unanswered == MOST_UNANSWERED) {
      lost(new IOException("nothing was heard for 15 s"));
      return;
    }
    write(Frames.ping());
    // While we don't listen, silence says nothing.
    unanswered = paused ? 0 : unanswered + 1;
    nextPing =
        vertx.setTimer(
            unanswered == MOST_UNANSWERED ? LAST_CHANCE_MILLIS : PING_MILLIS, timer -> ping());
  }

  private void write(JsonObject frame) {
    token.ifPresent(shown -> Frames.withToken(frame, shown.secret()));
    token = Optional.empty();
    log("sent", frame);
    socket.write(Frames.encode(frame));
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
      frame = Frames.decode(payload);
    } catch (DecodeException e) {
      lost(new IOException("it sent a frame that is no JSON object"));
      return;
    }
    log("received", frame);
    onFrame.accept(frame);
  }

  /** Its kind, and of an event that, too; never what is in it. */
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
