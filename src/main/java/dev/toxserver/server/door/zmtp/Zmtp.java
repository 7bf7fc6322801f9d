package dev.toxserver.server.door.zmtp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The protocol of ZeroMQ's sockets in version 3.0, with the mechanism NULL
 * (rfc.zeromq.org/spec/23), as much of it as a ROUTER needs. Older versions are refused: in 1.0,
 * what a browser's POST sends is valid, and a web page could start a run.
 */
public final class Zmtp {
  /** The bytes with which each side begins. */
  static final int GREETING_BYTES = 64;

  /** Those of them by which a peer shows that it speaks this protocol. */
  static final int SIGNATURE_BYTES = 10;

  static final int FIRST_BYTE = 0xff;
  static final int LAST_SIGNATURE_BYTE = 0x7f;
  static final int MAJOR_VERSION = 3;
  static final String MECHANISM = "NULL";
  static final int MECHANISM_BYTES = 20;

  /** A frame's flags. */
  static final int MORE = 1;

  static final int LONG = 2;
  static final int COMMAND = 4;

  /** The most bytes of a frame whose length is one byte. */
  private static final int MAX_SHORT = 255;

  private static final int READY_VALUE_LENGTH_BYTES = 4;

  private Zmtp() {}

  /** What the server begins with. */
  public static Buffer greeting() {
    Buffer greeting = Buffer.buffer(new byte[GREETING_BYTES]);
    greeting.setUnsignedByte(0, (short) FIRST_BYTE);
    greeting.setUnsignedByte(SIGNATURE_BYTES - 1, (short) LAST_SIGNATURE_BYTE);
    greeting.setUnsignedByte(SIGNATURE_BYTES, (short) MAJOR_VERSION);
    return greeting.setString(SIGNATURE_BYTES + 2, MECHANISM);
  }

  /** What it says when it has read the peer's greeting: of which kind its socket is. */
  public static Buffer ready() {
    String kind = "ROUTER";
    Buffer property =
        text("Socket-Type")
            .appendInt(kind.length())
            .appendString(kind, StandardCharsets.UTF_8.name());
    return command("READY", property);
  }

  /**
   * Asks a peer of version 3.1 for a sign of life, which libzmq gives from 4.2 on; others pass it
   * over (rfc.zeromq.org/spec/37).
   */
  public static Buffer ping() {
    return command("PING", Buffer.buffer().appendShort((short) 0));
  }

  /** A message of several parts. */
  public static Buffer message(List<Buffer> parts) {
    Buffer frames = Buffer.buffer();
    for (int n = 0; n < parts.size(); n++) {
      append(frames, n < parts.size() - 1 ? MORE : 0, parts.get(n));
    }
    return frames;
  }

  /** The kind of the peer's socket, as its READY says it; empty if that can't be read. */
  static String socketType(Buffer properties) {
    int at = 0;
    while (at < properties.length()) {
      int name = at + 1;
      int value = name + properties.getUnsignedByte(at) + READY_VALUE_LENGTH_BYTES;
      if (value > properties.length()) {
        return "";
      }
      long length = properties.getUnsignedInt(value - READY_VALUE_LENGTH_BYTES);
      if (length > properties.length() - value) {
        return "";
      }
      int end = value + (int) length;
      String read = properties.getString(name, value - READY_VALUE_LENGTH_BYTES);
      if (read.equalsIgnoreCase("Socket-Type")) {
        return properties.getString(value, end);
      }
      at = end;
    }
    return "";
  }

  private static Buffer command(String name, Buffer body) {
    Buffer frame = Buffer.buffer();
    append(frame, COMMAND, text(name).appendBuffer(body));
    return frame;
  }

  private static Buffer text(String text) {
    return Buffer.buffer().appendUnsignedByte((short) text.length()).appendString(text);
  }

  private static void append(Buffer frames, int flags, Buffer body) {
    if (body.length() > MAX_SHORT) {
      frames.appendUnsignedByte((short) (flags | LONG)).appendLong(body.length());
    } else {
      frames.appendUnsignedByte((short) flags).appendUnsignedByte((short) body.length());
    }
    frames.appendBuffer(body);
  }
}
