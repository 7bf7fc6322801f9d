package dev.toxserver.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frame of an output event, of which there may be thousands a second: written and read without
 * the objects of its JSON. Other frames, and one that is written in another way, are {@link
 * Frames}' to read.
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

  private static final Pattern HEAD =
      Pattern.compile(
          Pattern.quote(BEFORE_ADDRESS)
              + "(?<address>"
              + Addresses.OUTPUT_REGEX
              + ")"
              + Pattern.quote(BEFORE_SEQ)
              + "(?<seq>[0-9]{1,18})"
              + Pattern.quote(BEFORE_STREAM)
              + "(?<stream>stdout|stderr)"
              + Pattern.quote(BEFORE_DATA));

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
    String start =
        new String(payload.getBytes(0, Math.min(MAX_HEAD_BYTES, payload.length())), ISO_8859_1);
    Matcher head = HEAD.matcher(start);
    int tail = payload.length() - TAIL.length;
    if (!head.lookingAt() || tail < head.end() || !endsWithTail(payload)) {
      return Optional.empty();
    }
    try {
      byte[] data = Base64.getDecoder().decode(payload.getBytes(head.end(), tail));
      return Optional.of(
          new OutputFrame(
              Addresses.runOf(head.group("address")),
              new RunEvent.Output(
                  Long.parseLong(head.group("seq")), Stream.fromWire(head.group("stream")), data)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean endsWithTail(Buffer payload) {
    return Buffer.buffer(TAIL)
        .equals(payload.slice(payload.length() - TAIL.length, payload.length()));
  }
}
