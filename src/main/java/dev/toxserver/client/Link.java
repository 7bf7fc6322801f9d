package dev.toxserver.client;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.FrameDecoder;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.Request;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A connection to the bridge: frames out, frames in, and a ping now and then. */
final class Link {
  /** Half of what the contract asks for. */
  private static final long PING_MILLIS = 5_000;

  /** Four times what the largest event needs: 64 KiB of output in base64. */
  private static final int MAX_FRAME_BYTES = 1024 * 1024;

  private final Vertx vertx;
  private final NetSocket socket;
  private final long pings;
  private Optional<Token> token;
  private boolean closed;

  /**
   * Takes over a connected socket.
   *
   * @param token what the first frame shows to the server
   * @param onFrame takes each frame
   * @param onLost takes the reason, once, when the connection is of no more use
   */
  Link(
      Vertx vertx,
      NetSocket socket,
      Optional<Token> token,
      Consumer<JsonObject> onFrame,
      Consumer<Throwable> onLost) {
    this.vertx = vertx;
    this.token = token;
    this.socket = socket;
    this.pings = vertx.setPeriodic(PING_MILLIS, timer -> write(Frames.ping()));
    FrameDecoder decoder =
        new FrameDecoder(
            () -> MAX_FRAME_BYTES,
            payload -> decode(payload, onFrame, onLost),
            reason -> lost(new IOException("it sent " + reason), onLost));
    socket.handler(decoder);
    socket.exceptionHandler(failure -> lost(failure, onLost));
    socket.closeHandler(gone -> lost(new IOException("it was closed by the server"), onLost));
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
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  void close() {
    if (!closed) {
      closed = true;
      vertx.cancelTimer(pings);
      socket.close();
    }
  }

  private void write(JsonObject frame) {
    token.ifPresent(shown -> Frames.withToken(frame, shown.secret()));
    token = Optional.empty();
    socket.write(Frames.encode(frame));
  }

  private void decode(Buffer payload, Consumer<JsonObject> onFrame, Consumer<Throwable> onLost) {
    if (closed) {
      return;
    }
    JsonObject frame;
    try {
      frame = payload.toJsonObject();
    } catch (DecodeException e) {
      lost(new IOException("it sent a frame that is no JSON object"), onLost);
      return;
    }
    onFrame.accept(frame);
  }

  private void lost(Throwable reason, Consumer<Throwable> onLost) {
    if (!closed) {
      close();
      onLost.accept(reason);
    }
  }
}
