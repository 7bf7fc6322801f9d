package dev.toxserver.protocol;

import java.nio.charset.StandardCharsets;

/** Bytes as text in the alphabet of RFC 1924, as Python's {@code base64.b85encode} writes them. */
final class Base85 {
  private static final byte[] ALPHABET =
      ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + "!#$%&()*+-;<=>?@^_`{|}~")
          .getBytes(StandardCharsets.US_ASCII);

  private static final int GROUP = 4;
  private static final int DIGITS = 5;

  private Base85() {}

  /** Each four bytes are five digits; what is left at the end, one digit more than it has bytes. */
  static String encode(byte[] data) {
    int groups = (data.length + GROUP - 1) / GROUP;
    byte[] text = new byte[groups * DIGITS];
    for (int group = 0; group < groups; group++) {
      long value = 0;
      for (int n = 0; n < GROUP; n++) {
        int at = group * GROUP + n;
        value = value << 8 | (at < data.length ? data[at] & 0xff : 0);
      }
      for (int n = DIGITS - 1; n >= 0; n--) {
        text[group * DIGITS + n] = ALPHABET[(int) (value % ALPHABET.length)];
        value /= ALPHABET.length;
      }
    }
    int padding = groups * GROUP - data.length;
    return new String(text, 0, text.length - padding, StandardCharsets.US_ASCII);
  }
}
