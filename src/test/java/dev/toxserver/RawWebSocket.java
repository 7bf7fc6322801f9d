package dev.toxserver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, so that a test can send what no library would. */
public final class RawWebSocket implements AutoCloseable {
  public static final int TEXT = 1;
  public static final int PING = 9;
  public static final int PONG = 10;
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;

  private final RawHttp http;
  private final DataInputStream in;

  /** What came in one frame. */
  public record Frame(int opcode, Buffer content) {}

  public RawWebSocket(int port) throws IOException {
    http = new RawHttp(port);
    http.socket().setTcpNoDelay(true);
    in = new DataInputStream(http.socket().getInputStream());
    http.send(request());
    String answer = http.untilEmptyLine();
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(answer);
    }
  }

  /** What asks for one, with more headers. */
  public static String request(String... headers) {
    String more = String.join("\r\n", headers);
    return RawHttp.request(
        "GET",
        "/bus",
        ("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + more)
            .strip());
  }

  /** One that has shown a token. */
  public static RawWebSocket withToken(int port, String token) throws IOException {
    RawWebSocket socket = new RawWebSocket(port);
    socket.text("{\"type\": \"ping\", \"headers\": {\"token\": \"" + token + "\"}}");
    if (!socket.next().getString("type").equals("pong")) {
      throw new AssertionError("not let in");
    }
    return socket;
  }

  /** A whole message. */
  public void text(String message) throws IOException {
    frame(LAST | TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame that others have to follow. */
  public void unfinished(int opcode, byte[] content) throws IOException {
    frame(opcode, content);
  }

  /** A frame that says nothing about messages, or ends one. */
  public void last(int opcode, byte[] content) throws IOException {
    frame(LAST | opcode, content);
  }

  public void bytes(Buffer bytes) throws IOException {
    http.send(bytes.getBytes());
  }

  /** The beginning of a whole message of so many bytes, and the mask that changes none. */
  public static Buffer header(int firstByte, long length) {
    Buffer header = Buffer.buffer().appendByte((byte) firstByte);
    if (length >= 0 && length < 126) {
      header.appendByte((byte) (MASKED | length));
    } else if (length >= 0 && length < 1 << 16) {
      header.appendByte((byte) (MASKED | 126)).appendShort((short) length);
    } else {
      header.appendByte((byte) (MASKED | 127)).appendLong(length);
    }
    return header.appendInt(0);
  }

  private void frame(int firstByte, byte[] content) throws IOException {
    bytes(header(firstByte, content.length).appendBytes(content));
  }

  /** The next message; the server's pings are passed over. */
  public JsonObject next() throws IOException {
    Frame frame = nextFrame();
    while (frame.opcode() > TEXT + 1) {
      frame = nextFrame();
    }
    return frame.content().toJsonObject();
  }

  public Frame nextFrame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] content = new byte[(int) length];
    in.readFully(content);
    return new Frame(opcode, Buffer.buffer(content));
  }

  /** Reads until the server has closed; whether it was without a word of WebSockets. */
  public boolean isCut() throws IOException {
    try {
      while (true) {
        if (nextFrame().opcode() == 8) {
          return false;
        }
      }
    } catch (EOFException | SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
