package dev.toxserver.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a text's bytes in UTF-8. */
public final class Sha256 {
  private Sha256() {}

  /** As 64 hexadecimal digits, in small letters. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(of(text));
  }

  static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
