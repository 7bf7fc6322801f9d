package dev.toxserver.client;

import dev.toxserver.link.Link;
import dev.toxserver.protocol.ErrorCode;
import dev.toxserver.protocol.Frames;
import dev.toxserver.protocol.InputRequest;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.ReplyJson;
import dev.toxserver.protocol.RunId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends a run its input, one piece at a time: what was sent is kept until the server says how far
 * it was taken, and goes on from there, over another connection too. So nothing is lost or given
 * twice. All calls are on the client's context.
 */
final class InputFlow {
  /** Where the answers to what is sent here come. */
  static final String REPLY = "input-reply";

  private static final byte[] NOTHING = {};

  /** How long to wait before that is offered again of which nothing was taken. */
  private static final long PAUSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Link link;
  private final Runnable onRoom;
  private final Consumer<String> onRefused;

  /** The run, while it takes input from this client over the connection that there is. */
  private Optional<RunId> run = Optional.empty();

  private Buffer kept = Buffer.buffer();
  private long taken;

  /** How much of what is kept was sent, and may have been taken. */
  private int sent;

  private boolean placeKnown;
  private boolean ended;
  private boolean endSent;
  private boolean underWay;
  private boolean pausing;
  private boolean closed;

  /**
   * Sends nothing before {@link #open}.
   *
   * @param placeKnown whether the run has taken nothing yet; else it is asked how far it is
   * @param onRoom is told that more may be added, when something was taken
   * @param onRefused takes why the run takes no input, in one line; nothing is sent from then on
   */
  InputFlow(
      Vertx vertx, Link link, boolean placeKnown, Runnable onRoom, Consumer<String> onRefused) {
    this.vertx = vertx;
    this.link = link;
    this.placeKnown = placeKnown;
    this.onRoom = onRoom;
    this.onRefused = onRefused;
  }

  /** Whether nothing more should be added: so much is kept, or it has ended. */
  boolean isFull() {
    return ended || kept.length() >= InputRequest.MAX_BYTES;
  }

  /** Takes more input. */
  void add(byte[] piece) {
    kept.appendBytes(piece);
    send();
  }

  /** Nothing follows what was added. */
  void end() {
    ended = true;
    send();
  }

  /** The run takes input, over the connection that there is. */
  void open(RunId id) {
    run = Optional.of(id);
    send();
  }

  /** The connection was lost. */
  void interrupt() {
    run = Optional.empty();
    underWay = false;
    endSent = false;
  }

  /** Sends nothing more, for good; what the run can't have taken. */
  byte[] close() {
    closed = true;
    byte[] untaken = kept.getBytes(sent, kept.length());
    kept = Buffer.buffer();
    sent = 0;
    return untaken;
  }

  /**
   * Takes in an answer.
   *
   * @throws MalformedException if it breaks the protocol
   */
  void answered(JsonObject frame) {
    underWay = false;
    if (closed) {
      return;
    }
    sent = 0;
    if ("err".equals(frame.getValue("type"))) {
      refused(frame.getValue("failureCode"), String.valueOf(frame.getValue("message")));
      return;
    }
    long offset = ReplyJson.decodeInputTaken(frame.getValue("body")).offset();
    if (!placeKnown) {
      placeKnown = true;
      taken = offset;
      send();
    } else if (offset < taken || offset > taken + kept.length()) {
      throw new MalformedException("offset", "there is no input at " + offset);
    } else if (offset == taken && kept.length() > 0) {
      pause();
    } else {
      kept = kept.getBuffer((int) (offset - taken), kept.length());
      taken = offset;
      send();
      if (!isFull()) {
        onRoom.run();
      }
    }
  }

  private void refused(Object code, String message) {
    if (Integer.valueOf(ErrorCode.BUSY.number()).equals(code)) {
      pause();
      return;
    }
    closed = true;
    // That a run has ended, or is another's now, its own events tell.
    if (Integer.valueOf(ErrorCode.MALFORMED.number()).equals(code)) {
      onRefused.accept(message);
    }
  }

  private void pause() {
    pausing = true;
    vertx.setTimer(
        PAUSE_MILLIS,
        timer -> {
          pausing = false;
          send();
        });
  }

  private void send() {
    if (run.isEmpty() || underWay || pausing || closed) {
      return;
    }
    if (!placeKnown) {
      send(NOTHING, false);
    } else if (kept.length() > 0) {
      sent = Math.min(kept.length(), InputRequest.MAX_BYTES);
      send(kept.getBytes(0, sent), false);
    } else if (ended && !endSent) {
      endSent = true;
      send(NOTHING, true);
    }
  }

  private void send(byte[] data, boolean end) {
    underWay = true;
    link.send(Frames.send(new InputRequest(run.orElseThrow(), taken, data, end), InputFlow.REPLY));
  }
}
