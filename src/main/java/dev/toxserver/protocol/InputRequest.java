package dev.toxserver.protocol;

import java.util.Arrays;

/**
 * Hand on what was typed or piped into the client. Its requester sends one at a time, and goes on
 * from the offset in the answer.
 *
 * @param offset the place of the first byte in all that was ever typed into the run
 * @param data at most {@link #MAX_BYTES}; with none, the answer comes at once and tells the offset
 * @param end whether nothing follows it: end of file
 */
public record InputRequest(RunId id, long offset, byte[] data, boolean end) implements Request {
  /** The most bytes of one input, and the most that are kept for a program that does not read. */
  public static final int MAX_BYTES = 64 * 1024;

  @Override
  public String address() {
    return Addresses.INPUT;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputRequest that
        && id.equals(that.id)
        && offset == that.offset
        && end == that.end
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(offset) * 31 + Arrays.hashCode(data);
  }

  /** Without what was typed, which may be a password. */
  @Override
  public String toString() {
    return "InputRequest[id=%s, offset=%d, %d bytes, end=%s]"
        .formatted(id, offset, data.length, end);
  }
}
