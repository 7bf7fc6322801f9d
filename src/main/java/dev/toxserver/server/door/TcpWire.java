package dev.toxserver.server.door;

import io.netty.channel.ChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** A socket of the stock bridge's, be it TCP, TLS or a Unix domain socket. */
final class TcpWire implements Wire {
  /** So much is read at once, and may wait for its turn: of a thousand connections 8 MiB. */
  private static final int READ_BYTES = 8 * 1024;

  private final NetSocket socket;

  TcpWire(NetSocket socket) {
    this.socket = socket;
    if (socket instanceof NetSocketInternal real) {
      ChannelConfig config = real.channelHandlerContext().channel().config();
      config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
    }
  }

  @Override
  public Future<Void> send(Buffer frame) {
    return socket.write(frame);
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

  /**
   * Not by {@link NetSocket#close}: that waits until everything is written, for ever if the peer
   * does not read (seen with 5.0.8).
   */
  @Override
  public void evict() {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  @Override
  public Peer peer() {
    return Peer.at(socket.remoteAddress());
  }
}
