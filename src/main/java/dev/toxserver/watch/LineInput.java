package dev.toxserver.watch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line that a person types while the terminal hands on each key by itself: it is edited here. */
public final class LineInput {
  private static final int MOST_BYTES = 1_000;
  private static final byte ESCAPE = 27;
  private static final byte DELETE = 127;
  private static final byte CTRL_U = 21;
  private static final String RUB_OUT = "\b \b";

  private final byte[] typed = new byte[MOST_BYTES];
  private int length;
  private boolean done;
  private boolean givenUp;

  /** Takes a key, and returns the bytes that show it. */
  public byte[] type(byte key) {
    switch (key) {
      case '\r', '\n' -> done = true;
      case ESCAPE -> {
        done = true;
        givenUp = true;
      }
      case '\b', DELETE -> {
        return rubOut();
      }
      case CTRL_U -> {
        StringBuilder all = new StringBuilder();
        while (length > 0) {
          all.append(new String(rubOut(), StandardCharsets.US_ASCII));
        }
        return all.toString().getBytes(StandardCharsets.US_ASCII);
      }
      default -> {
        // All others of the control characters mean nothing here; in UTF-8 no byte is below 0.
        if ((key < 0 || key >= ' ') && length < MOST_BYTES) {
          typed[length++] = key;
          return new byte[] {key};
        }
      }
    }
    return new byte[0];
  }

  /** Whether the user has done, by return or by escape. */
  public boolean isDone() {
    return done;
  }

  /** The line; none if the user has given it up. */
  public Optional<String> line() {
    return givenUp
        ? Optional.empty()
        : Optional.of(new String(Arrays.copyOf(typed, length), StandardCharsets.UTF_8));
  }

  /** A character may be of several bytes, of which all but the first begin with the bits 10. */
  private byte[] rubOut() {
    if (length == 0) {
      return new byte[0];
    }
    do {
      length--;
    } while (length > 0 && (typed[length] & 0xc0) == 0x80);
    return RUB_OUT.getBytes(StandardCharsets.US_ASCII);
  }
}
