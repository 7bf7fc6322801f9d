package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A client's wire that is full and closes when a test says so. */
public final class FakeWire implements Wire {
  private final List<Buffer> sent = new ArrayList<>();
  private Runnable onDrain = () -> {};
  private Runnable onClose = () -> {};
  private boolean full;
  private boolean evicted;
  private boolean paused;
  private boolean stuck;
  private boolean late;

  /** A client that comes by this wire, and may all. */
  public Connection connectTo(Connections connections) {
    Connection connection = connections.open(this);
    connection.admitAsClient(Rights.OWNER);
    return connection;
  }

  /** The bodies of the messages that it was sent. */
  public List<JsonObject> bodies() {
    return frames().stream().map(frame -> frame.getJsonObject("body")).toList();
  }

  /** Whether the server has cut it off. */
  public boolean wasEvicted() {
    return evicted;
  }

  /** The frames that it was sent. */
  List<JsonObject> frames() {
    return sent.stream()
        .map(frame -> frame.getBuffer(Frames.LENGTH_BYTES, frame.length()).toJsonObject())
        .toList();
  }

  /** Whether nothing more is received for now. */
  boolean isPaused() {
    return paused;
  }

  /** What it is sent from now on never leaves. */
  void stick() {
    stuck = true;
  }

  /** That it was cut off is noticed later, as of a socket, or never. */
  void closeLate() {
    late = true;
  }

  public void fill() {
    full = true;
  }

  public void drain() {
    full = false;
    onDrain.run();
  }

  @Override
  public Future<Void> send(Buffer frame) {
    sent.add(frame);
    return stuck ? Promise.<Void>promise().future() : Future.succeededFuture();
  }

  @Override
  public boolean isFull() {
    return full;
  }

  @Override
  public void onDrain(Runnable callback) {
    onDrain = callback;
  }

  @Override
  public void onClose(Runnable callback) {
    onClose = callback;
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void close() {
    onClose.run();
  }

  @Override
  public void evict() {
    evicted = true;
    if (!late) {
      onClose.run();
    }
  }

  @Override
  public Peer peer() {
    return Peer.at(null);
  }
}
