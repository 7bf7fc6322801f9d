package dev.toxserver.protocol;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Cuts a stream of bytes into frames. No longer frame than the limit is ever collected, and no room
 * is made for more than twice of what has come. Vert.x's RecordParser copies a frame of 64 KiB
 * three times, this once.
 *
 * <p>Not thread-safe: it belongs to the context of one connection.
 */
public final class FrameDecoder implements Handler<Buffer> {
  private final IntSupplier maxLength;
  private final Consumer<Buffer> onPayload;
  private final Consumer<String> onBroken;
  private Buffer record = Buffer.buffer();
  private int expected = Frames.LENGTH_BYTES;
  private boolean lengthIsNext = true;
  private boolean broken;
  private boolean text;

  /**
   * Reads frames.
   *
   * @param maxLength the most bytes that the next frame may have
   * @param onPayload takes each frame's JSON bytes, without the length
   * @param onBroken takes the reason, once, when a length is out of bounds: nothing that follows
   *     can be understood, and no more bytes are looked at
   */
  public FrameDecoder(
      IntSupplier maxLength, Consumer<Buffer> onPayload, Consumer<String> onBroken) {
    this.maxLength = maxLength;
    this.onPayload = onPayload;
    this.onBroken = onBroken;
  }

  @Override
  public void handle(Buffer bytes) {
    int position = 0;
    while (!broken && position < bytes.length()) {
      int taken = Math.min(bytes.length() - position, expected - record.length());
      if (record.length() == 0) {
        record = Buffer.buffer(Math.min(expected, 2 * taken));
      }
      record.appendBuffer(bytes, position, taken);
      position += taken;
      if (record.length() == expected) {
        complete();
      }
    }
  }

  /** How many bytes have come of a frame, its length among them, that is not whole. */
  public int unfinished() {
    return lengthIsNext ? record.length() : Frames.LENGTH_BYTES + record.length();
  }

  /** Looks at nothing more, and lets go of what has come. */
  public void stop() {
    broken = true;
    record = Buffer.buffer();
  }

  /** Whether what broke it was text in place of a length, as of an HTTP client's. */
  public boolean foundText() {
    return text;
  }

  private void complete() {
    Buffer complete = record;
    if (!lengthIsNext) {
      expect(Frames.LENGTH_BYTES, true);
      onPayload.accept(complete);
      return;
    }
    int length = complete.getInt(0);
    int most = maxLength.getAsInt();
    if (length <= 0 || length > most) {
      broken = true;
      text = isText(complete);
      onBroken.accept(
          "a frame of " + Integer.toUnsignedString(length) + " bytes; 1 to " + most + " fit");
    } else {
      expect(length, false);
    }
  }

  private static boolean isText(Buffer record) {
    for (byte each : record.getBytes()) {
      if (each < ' ' || each > '~') {
        return false;
      }
    }
    return true;
  }

  private void expect(int bytes, boolean length) {
    lengthIsNext = length;
    expected = bytes;
    record = Buffer.buffer();
  }
}
