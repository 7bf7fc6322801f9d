package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;

/** A second transport, to show what one takes: frames are binary messages of a WebSocket. */
public record WebSocketWire(ServerWebSocket socket) implements Wire {
  /** Lets a WebSocket in, and answers what it asks for as the stock bridge would. */
  public static void open(Vertx vertx, Gate gate, ServerWebSocket socket) {
    gate.open(new WebSocketWire(socket))
        .ifPresent(
            connection -> {
              FrameGuard guard =
                  new FrameGuard(connection, gate, frame -> answer(vertx, connection, frame));
              socket.binaryMessageHandler(message -> guard.handle(Frames.withLength(message)));
            });
  }

  private static void answer(Vertx vertx, Connection connection, JsonObject frame) {
    DeliveryOptions options = new DeliveryOptions();
    frame
        .getJsonObject("headers")
        .forEach(each -> options.addHeader(each.getKey(), "" + each.getValue()));
    vertx
        .eventBus()
        .request(frame.getString("address"), frame.getValue("body"), options)
        .onSuccess(
            reply ->
                connection.answer(
                    Frames.encode(
                        new JsonObject()
                            .put("type", "message")
                            .put("address", frame.getString("replyAddress"))
                            .put("body", reply.body()))));
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
