package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** A second transport, to show what one takes: frames are binary messages of a WebSocket. */
public record WebSocketWire(ServerWebSocket socket) implements Wire {
  /** Lets a WebSocket in, and answers what it asks for as the stock bridge would. */
  public static void open(Vertx vertx, Gate gate, ServerWebSocket socket) {
    gate.open(new WebSocketWire(socket))
        .ifPresent(
            connection -> {
              FrameGuard guard =
                  new FrameGuard(connection, gate, new EventBusRequests(vertx, connection));
              socket.binaryMessageHandler(message -> guard.handle(Frames.withLength(message)));
            });
  }

  @Override
  public Future<Void> send(Buffer frame) {
    return socket.writeBinaryMessage(frame.slice(Frames.LENGTH_BYTES, frame.length()));
  }

  @Override
  public boolean isFull() {
    return socket.writeQueueFull();
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

  @Override
  public void evict() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  @Override
  public Peer peer() {
    return Peer.at(socket.remoteAddress());
  }
}
