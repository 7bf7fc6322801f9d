package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** A page's WebSocket: each frame is a binary message, without its length. */
record WebSocketWire(ServerWebSocket socket) implements Wire {
  @Override
  public Future<Void> send(Buffer frame) {
    return socket.writeBinaryMessage(frame.slice(Frames.LENGTH_BYTES, frame.length()));
  }

  /** One that is closing takes nothing more, and can't be asked. */
  @Override
  public boolean isFull() {
    return !socket.isClosed() && socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable callback) {
    socket.drainHandler(drained -> callback.run());
  }

  @Override
  public void onClose(Runnable callback) {
    socket.closeHandler(closed -> callback.run());
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Not by {@link ServerWebSocket#close}, which waits until everything is written. */
  @Override
  public void evict() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  @Override
  public Peer peer() {
    return Peer.at(socket.remoteAddress());
  }
}
