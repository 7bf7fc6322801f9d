package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * A page that has been let in by a WebSocket: each of its messages passes the guard as a frame of
 * any other client's does.
 *
 * <p>A page can send no ping of WebSockets, and its timers stand still while nobody looks at it. So
 * the server sends them, and the browser's answer is a sign of life as a client's own ping is.
 */
final class WebSocketPeer {
  /** The bytes before the content of a ping or a pong that a client sends. */
  private static final int CONTROL_HEADER = 6;

  private final Gate gate;
  private final Connection connection;
  private final ServerWebSocket socket;
  private final FrameGuard guard;
  private final BegunFrame begun;
  private int unfinished;

  /**
   * Listens to a connection's socket from now on.
   *
   * @param pingMillis how often the browser is asked whether it is there
   */
  static void listen(
      Vertx vertx, Gate gate, Connection connection, ServerWebSocket socket, long pingMillis) {
    WebSocketPeer peer = new WebSocketPeer(vertx, gate, connection, socket);
    socket.frameHandler(peer::came);
    socket.textMessageHandler(text -> peer.message(Buffer.buffer(text)));
    socket.binaryMessageHandler(peer::message);
    socket.pongHandler(pong -> connection.heard());
    socket.exceptionHandler(peer::broken);
    long timer = vertx.setPeriodic(pingMillis, now -> peer.ping());
    connection.onClosed(() -> vertx.cancelTimer(timer));
  }

  private WebSocketPeer(Vertx vertx, Gate gate, Connection connection, ServerWebSocket socket) {
    this.gate = gate;
    this.connection = connection;
    this.socket = socket;
    this.guard = new FrameGuard(connection, gate, new EventBusRequests(vertx, connection));
    this.begun = gate.frameOf(connection, () -> evict("began a message and did not end it"));
    ChannelPipeline pipeline = ((WebSocketInternal) socket).channelHandlerContext().pipeline();
    String decoder = pipeline.context(WebSocketFrameDecoder.class).name();
    pipeline.addBefore(decoder, "unfinished", new Counter());
    pipeline.addAfter(decoder, "goodbyes", new Goodbyes());
  }

  private void message(Buffer message) {
    if (!connection.isClosed()) {
      guard.handle(Frames.withLength(message));
    }
  }

  private void came(WebSocketFrame frame) {
    switch (frame.type()) {
      case PING -> {
        unfinished = Math.max(0, unfinished - CONTROL_HEADER - frame.binaryData().length());
        // It has been answered already, whoever reads that.
        if (!connection.isClosed() && connection.isFull()) {
          evict("sends, but does not read");
        }
      }
      case PONG ->
          unfinished = Math.max(0, unfinished - CONTROL_HEADER - frame.binaryData().length());
      case CLOSE -> gate.atDeadline(connection, connection::evict);
      default -> {
        if (frame.isFinal()) {
          unfinished = 0;
        }
      }
    }
  }

  private void ping() {
    if (!connection.isClosed() && !connection.isFull()) {
      socket.writePing(Buffer.buffer());
    }
  }

  /** That the connection is lost is heard of here too. */
  private void broken(Throwable failure) {
    boolean unsound =
        failure instanceof DecoderException || failure instanceof IllegalStateException;
    if (unsound && !connection.isClosed()) {
      evict("sent what is no message of a WebSocket, or too long");
    }
  }

  private void evict(String deed) {
    gate.evict(connection, deed);
  }

  /** Counts what comes before it is known what it is: the decoder collects a frame in silence. */
  private final class Counter extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      unfinished += ((ByteBuf) bytes).readableBytes();
      context.fireChannelRead(bytes);
      begun.holds(connection.isClosed() ? 0 : unfinished);
    }
  }

  /**
   * Cuts off at once who says goodbye while it is sent more than it takes. Vert.x would put its own
   * goodbye behind that, and warn of it with a stack trace when the connection is cut in the end
   * (seen with 5.2.3).
   */
  private final class Goodbyes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof CloseWebSocketFrame && connection.isFull()) {
        ReferenceCountUtil.release(frame);
        connection.evict();
      } else {
        context.fireChannelRead(frame);
      }
    }
  }
}
