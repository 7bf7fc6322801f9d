package dev.toxserver.server.door;

import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.server.door.zmtp.Dialogue;
import dev.toxserver.server.door.zmtp.Zmtp;
import dev.toxserver.server.door.zmtp.ZmtpDecoder;
import dev.toxserver.server.tokens.Rights;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One of the original's clients, that has been let in: what it sends passes the guard as any other
 * client's frames do. It has no token to show, and nothing that it could say instead.
 */
final class ZmtpPeer implements ZmtpDecoder.Peer {
  /** As often as our own clients ping: the original's send nothing while they wait. */
  private static final long PING_MILLIS = 10_000;

  private final Vertx vertx;
  private final Gate gate;
  private final Connection connection;
  private final ZmtpWire wire;
  private final FrameGuard guard;
  private final BegunFrame begun;
  private final Dialogue dialogue = new Dialogue(this::ask, this::tell);
  private final ZmtpDecoder decoder = new ZmtpDecoder(FrameGuard.MAX_FRAME_BYTES, this);

  ZmtpPeer(Vertx vertx, Gate gate, Connection connection, ZmtpWire wire) {
    this.vertx = vertx;
    this.gate = gate;
    this.connection = connection;
    this.wire = wire;
    this.guard = new FrameGuard(connection, gate, new EventBusRequests(vertx, connection));
    this.begun = gate.frameOf(connection, () -> evict("began a message and did not end it"));
    wire.speaks(dialogue);
  }

  /** Takes what has come. */
  void take(Buffer bytes) {
    connection.heard();
    if (connection.isClosed()) {
      return;
    }
    try {
      decoder.take(bytes);
    } catch (MalformedException e) {
      evict("speaks another protocol");
    }
    begun.holds(connection.isClosed() ? 0 : decoder.unfinished());
  }

  @Override
  public void recognised() {
    wire.sendBytes(Zmtp.greeting());
  }

  @Override
  public void ready() {
    wire.sendBytes(Zmtp.ready());
    connection.admitAsClient(Rights.OWNER);
    long timer = vertx.setPeriodic(PING_MILLIS, now -> ping());
    connection.onClosed(() -> vertx.cancelTimer(timer));
  }

  @Override
  public void sent(List<Buffer> message) {
    begun.end();
    if (!connection.isClosed()) {
      dialogue.sent(message);
    }
  }

  /** Not all peers answer it: that it was taken is as good. */
  private void ping() {
    if (!connection.isFull()) {
      wire.sendBytes(Zmtp.ping()).onSuccess(taken -> connection.heard());
    }
  }

  private void ask(JsonObject frame) {
    guard.handle(Frames.encode(frame));
  }

  /** Only what was not understood is answered at once: to one who reads it. */
  private void tell(List<Buffer> parts) {
    if (connection.isFull()) {
      evict("sends, but does not read");
    } else {
      wire.sendBytes(Zmtp.message(parts));
    }
  }

  private void evict(String deed) {
    gate.evict(connection, deed);
  }
}
