package dev.toxserver.config;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** That these certificates were good for this host, and when they still are. */
record TrustVerdict(String host, long fromMillis, long untilMillis, List<byte[]> chain) {
  boolean isValid(long nowMillis) {
    return nowMillis >= fromMillis && nowMillis <= untilMillis;
  }

  boolean isFor(String otherHost, List<byte[]> other) {
    if (!host.equals(otherHost) || chain.size() != other.size()) {
      return false;
    }
    for (int n = 0; n < chain.size(); n++) {
      if (!Arrays.equals(chain.get(n), other.get(n))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads one.
   *
   * @param most bytes of a certificate
   * @throws IOException if it is damaged
   */
  static TrustVerdict read(DataInputStream in, int most) throws IOException {
    String host = in.readUTF();
    long from = in.readLong();
    long until = in.readLong();
    List<byte[]> chain = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      chain.add(bytes(in, most));
    }
    return new TrustVerdict(host, from, until, chain);
  }

  /** Reads bytes with their number before them. */
  static byte[] bytes(DataInputStream in, int most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException("damaged");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(host);
    out.writeLong(fromMillis);
    out.writeLong(untilMillis);
    out.writeInt(chain.size());
    for (byte[] certificate : chain) {
      out.writeInt(certificate.length);
      out.write(certificate);
    }
  }
}
