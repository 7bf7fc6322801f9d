package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import dev.toxserver.server.door.zmtp.Dialogue;
import dev.toxserver.server.door.zmtp.Zmtp;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The socket of one of the original's clients: what the server sends goes out as messages of the
 * original's.
 */
final class ZmtpWire implements Wire {
  private final Wire socket;
  private Optional<Dialogue> dialogue = Optional.empty();

  /** Before it {@link #speaks}, nothing that is sent goes out. */
  ZmtpWire(Wire socket) {
    this.socket = socket;
  }

  /** Names who has words for what is sent. */
  void speaks(Dialogue words) {
    dialogue = Optional.of(words);
  }

  /** Sends bytes of the protocol's own. */
  Future<Void> sendBytes(Buffer bytes) {
    return socket.send(bytes);
  }

  @Override
  public Future<Void> send(Buffer frame) {
    Buffer payload = frame.slice(Frames.LENGTH_BYTES, frame.length());
    return dialogue
        .flatMap(words -> words.told(payload))
        .map(parts -> socket.send(Zmtp.message(parts)))
        .orElseGet(Future::succeededFuture);
  }

  @Override
  public boolean isFull() {
    return socket.isFull();
  }

  @Override
  public void onDrain(Runnable callback) {
    socket.onDrain(callback);
  }

  @Override
  public void onClose(Runnable callback) {
    socket.onClose(callback);
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
    socket.evict();
  }

  @Override
  public Peer peer() {
    return socket.peer();
  }
}
