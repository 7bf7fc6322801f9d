package dev.toxserver.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The frame of an output event, of which there may be thousands a second: written and read without
 * the objects of its JSON. Jackson, which looks at each character, takes eight times as long for 64
 * KiB (bench/jmh, Codec.jsonToFrame). Other frames, and one that is written in another way, are for
 * a JSON parser.
 *
 * @param run whose output it is
 * @param output the event
 */
public record OutputFrame(RunId run, RunEvent.Output output) {
  private static final String BEFORE_ADDRESS = "{\"type\":\"message\",\"address\":\"";
  private static final String BEFORE_SEQ = "\",\"headers\":{},\"body\":{\"seq\":";
  private static final String BEFORE_STREAM = ",\"type\":\"output\",\"stream\":\"";
  private static final String BEFORE_DATA = "\",\"data\":\"";
  private static final byte[] TAIL = "\"},\"send\":false}".getBytes(ISO_8859_1);

  /** No head is longer: the longest run id, the longest number. */
  private static final int MAX_HEAD_BYTES = 256;

  /**
   * The frame with its length, to the letter as {@link Frames#published} would have it.
   *
   * @param event an encoded event; its data are taken for the base64 that they should be
   * @return nothing if it is no output
   */
  static Optional<Buffer> encode(RunId run, JsonObject event) {
    if (!"output".equals(event.getValue("type"))
        || !(event.getValue("data") instanceof String data)) {
      return Optional.empty();
    }
    String start =
        BEFORE_ADDRESS
            + Addresses.output(run)
            + BEFORE_SEQ
            + event.getValue("seq")
            + BEFORE_STREAM
            + event.getValue("stream")
            + BEFORE_DATA;
    byte[] head = start.getBytes(ISO_8859_1);
    int length = head.length + data.length() + TAIL.length;
    return Optional.of(
        Buffer.buffer(Frames.LENGTH_BYTES + length)
            .appendInt(length)
            .appendBytes(head)
            .appendBytes(data.getBytes(ISO_8859_1))
            .appendBytes(TAIL));
  }

  /**
   * Reads a frame, without its length.
   *
   * @return nothing if it is another frame, or not to the letter as the server writes it
   */
  public static Optional<OutputFrame> decode(Buffer payload) {
    Head head = new Head(payload.getBytes(0, Math.min(MAX_HEAD_BYTES, payload.length())));
    if (!head.skip(BEFORE_ADDRESS)) {
      return Optional.empty();
    }
    String address = head.text();
    if (!head.skip(BEFORE_SEQ)) {
      return Optional.empty();
    }
    String seq = head.digits();
    if (!head.skip(BEFORE_STREAM)) {
      return Optional.empty();
    }
    String stream = head.text();
    int end = payload.length() - TAIL.length;
    if (!head.skip(BEFORE_DATA)
        || head.position > end
        || !Arrays.equals(payload.getBytes(end, payload.length()), TAIL)) {
      return Optional.empty();
    }
    try {
      byte[] data = Base64.getDecoder().decode(payload.getBytes(head.position, end));
      return Optional.of(
          new OutputFrame(
              Addresses.runOf(address),
              new RunEvent.Output(Long.parseLong(seq), Stream.fromWire(stream), data)));
    } catch (IllegalArgumentException | MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * What is before the data, from left to right. No regular expression: frames may be few and far
   * between, and what is interpreted should be short.
   */
  private static final class Head {
    private final byte[] bytes;
    private int position;

    Head(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean skip(String expected) {
      byte[] next = expected.getBytes(ISO_8859_1);
      int end = position + next.length;
      if (end > bytes.length || !Arrays.equals(bytes, position, end, next, 0, next.length)) {
        return false;
      }
      position = end;
      return true;
    }

    /** What is there before the next quote. */
    String text() {
      return upTo(each -> each == '"');
    }

    String digits() {
      return upTo(each -> each < '0' || each > '9');
    }

    private String upTo(IntPredicate end) {
      int start = position;
      while (position < bytes.length && !end.test(bytes[position])) {
        position++;
      }
      return new String(bytes, start, position - start, ISO_8859_1);
    }
  }
}
