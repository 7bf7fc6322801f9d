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

  /** 64 KiB in base64. */
  private static final int MAX_DATA = (64 * 1024 + 2) / 3 * 4;

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
    Parts parts = Parts.of(payload);
    if (parts == null) {
      return Optional.empty();
    }
    try {
      byte[] data = Base64.getDecoder().decode(payload.getBytes(parts.from, parts.to));
      return Optional.of(
          new OutputFrame(parts.run, new RunEvent.Output(parts.seq, parts.stream, data)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a frame that is only passed on: its data stay the text that they are.
   *
   * @return nothing where {@link #decode} returns nothing, or if there are more data than an event
   *     may have
   */
  public static Optional<Encoded> read(Buffer payload) {
    Parts parts = Parts.of(payload);
    if (parts == null || parts.to - parts.from > MAX_DATA) {
      return Optional.empty();
    }
    byte[] data = payload.getBytes(parts.from, parts.to);
    if (!isBase64(data)) {
      return Optional.empty();
    }
    JsonObject event =
        new JsonObject()
            .put("seq", parts.seq)
            .put("type", "output")
            .put("stream", parts.stream.wireName())
            .put("data", new String(data, ISO_8859_1));
    return Optional.of(new Encoded(parts.run, event));
  }

  /**
   * A run's output as it is published.
   *
   * @param event as {@link RunEventJson#encode} writes it
   */
  public record Encoded(RunId run, JsonObject event) {}

  /**
   * What else they hold would end the text that they are put into, and say something of its own.
   */
  private static boolean isBase64(byte[] data) {
    int end = data.length;
    while (end > 0 && end > data.length - 2 && data[end - 1] == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      byte each = data[i];
      boolean letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
      if (!letter && !(each >= '0' && each <= '9') && each != '+' && each != '/') {
        return false;
      }
    }
    return data.length % 4 == 0;
  }

  /** What a frame says, and from where to where its data are in it. */
  private record Parts(RunId run, long seq, Stream stream, int from, int to) {
    /** Null if it is another frame, or not to the letter as the server writes it. */
    static Parts of(Buffer payload) {
      Head head = new Head(payload.getBytes(0, Math.min(MAX_HEAD_BYTES, payload.length())));
      if (!head.skip(BEFORE_ADDRESS)) {
        return null;
      }
      String address = head.text();
      if (!head.skip(BEFORE_SEQ)) {
        return null;
      }
      String seq = head.digits();
      if (!head.skip(BEFORE_STREAM)) {
        return null;
      }
      String stream = head.text();
      int end = payload.length() - TAIL.length;
      if (!head.skip(BEFORE_DATA)
          || head.position > end
          || !Arrays.equals(payload.getBytes(end, payload.length()), TAIL)) {
        return null;
      }
      try {
        return new Parts(
            Addresses.runOf(address),
            Long.parseLong(seq),
            Stream.fromWire(stream),
            head.position,
            end);
      } catch (IllegalArgumentException | MalformedException e) {
        return null;
      }
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
