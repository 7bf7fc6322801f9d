package dev.toxserver.server.door.zmtp;

import dev.toxserver.protocol.MalformedException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts what a ZeroMQ socket sends into messages. Belongs to the context of one connection, as all
 * that it calls back.
 */
public final class ZmtpDecoder {
  /** The most parts of a message: what routers on its way have put before it, and itself. */
  static final int MAX_PARTS = 8;

  /** Flags, and eight bytes of length. */
  private static final int MAX_HEAD_BYTES = 9;

  /** The kinds of sockets that may talk to a ROUTER and have one peer to answer. */
  private static final Set<String> PEERS = Set.of("DEALER", "REQ");

  private final int maxBytes;
  private final Peer peer;
  private final List<Buffer> parts = new ArrayList<>();
  private Buffer rest = Buffer.buffer();
  private int partBytes;
  private boolean recognised;
  private boolean greeted;
  private boolean ready;

  /** Who is told of what the peer sends. */
  public interface Peer {
    /** It speaks the protocol: the server may say its greeting, and that it is ready. */
    void recognised();

    /** It can send messages from now on. */
    void ready();

    /** It has sent a message. */
    void sent(List<Buffer> message);
  }

  /**
   * Nothing has come yet.
   *
   * @param maxBytes the most that one message may have, of which no more is ever collected
   */
  public ZmtpDecoder(int maxBytes, Peer peer) {
    this.maxBytes = maxBytes;
    this.peer = peer;
  }

  /**
   * Takes some bytes.
   *
   * @throws MalformedException for what no such socket sends: nothing that follows can be
   *     understood
   */
  public void take(Buffer bytes) {
    rest.appendBuffer(bytes);
    int position = 0;
    int taken;
    do {
      taken = greeted ? frame(position) : greeting();
      position += taken;
    } while (taken > 0);
    if (position > 0) {
      rest = rest.getBuffer(position, rest.length());
    }
  }

  /** How many bytes have come of a message, or of the greeting, that is not whole. */
  public int unfinished() {
    return rest.length() + partBytes;
  }

  /** Checked as it comes: whoever speaks something else is told nothing. */
  private int greeting() {
    check(rest.length() == 0 || rest.getUnsignedByte(0) == Zmtp.FIRST_BYTE);
    if (rest.length() < Zmtp.SIGNATURE_BYTES) {
      return 0;
    }
    check(rest.getUnsignedByte(Zmtp.SIGNATURE_BYTES - 1) == Zmtp.LAST_SIGNATURE_BYTE);
    check(
        rest.length() == Zmtp.SIGNATURE_BYTES
            || rest.getUnsignedByte(Zmtp.SIGNATURE_BYTES) >= Zmtp.MAJOR_VERSION);
    if (!recognised) {
      recognised = true;
      peer.recognised();
    }
    if (rest.length() < Zmtp.GREETING_BYTES) {
      return 0;
    }
    int mechanism = Zmtp.SIGNATURE_BYTES + 2;
    String name = rest.getString(mechanism, mechanism + Zmtp.MECHANISM_BYTES);
    check(name.replace("\0", "").equals(Zmtp.MECHANISM));
    greeted = true;
    return Zmtp.GREETING_BYTES;
  }

  /** Takes the frame at a position, if it is whole; how many bytes it had. */
  private int frame(int position) {
    int there = rest.length() - position;
    if (there < 2) {
      return 0;
    }
    int flags = rest.getUnsignedByte(position);
    check((flags & ~(Zmtp.MORE | Zmtp.LONG | Zmtp.COMMAND)) == 0);
    boolean isLong = (flags & Zmtp.LONG) != 0;
    if (isLong && there < MAX_HEAD_BYTES) {
      return 0;
    }
    long length = isLong ? rest.getLong(position + 1) : rest.getUnsignedByte(position + 1);
    check(length >= 0 && length <= maxBytes - partBytes);
    int head = isLong ? MAX_HEAD_BYTES : 2;
    if (there < head + length) {
      return 0;
    }
    int end = position + head + (int) length;
    Buffer body = rest.getBuffer(position + head, end);
    if ((flags & Zmtp.COMMAND) != 0) {
      command(body);
    } else {
      part(body, (flags & Zmtp.MORE) != 0);
    }
    return end - position;
  }

  /** All but READY are passed over, as the specification wants it of those that are not known. */
  private void command(Buffer body) {
    int nameEnd = body.length() == 0 ? 0 : 1 + body.getUnsignedByte(0);
    check(nameEnd > 0 && nameEnd <= body.length());
    if (body.getString(1, nameEnd).equals("READY")) {
      check(!ready && PEERS.contains(Zmtp.socketType(body.getBuffer(nameEnd, body.length()))));
      ready = true;
      peer.ready();
    }
  }

  private void part(Buffer body, boolean more) {
    check(ready && parts.size() < MAX_PARTS);
    parts.add(body);
    partBytes += body.length();
    if (!more) {
      List<Buffer> message = List.copyOf(parts);
      parts.clear();
      partBytes = 0;
      peer.sent(message);
    }
  }

  private static void check(boolean valid) {
    if (!valid) {
      throw new MalformedException("bytes", "are none of a ZeroMQ socket's");
    }
  }
}
