package dev.toxserver.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a client shows to a server that does not let everybody in. It is never part of a message, a
 * log line or an exception: {@link #toString} hides it.
 *
 * @param secret 16 to 4,096 characters without blanks
 */
public record Token(String secret) {
  private static final int RANDOM_BYTES = 32;

  /** 96 bits in base64, if they are random: more than anybody guesses over a network. */
  private static final int MIN_LENGTH = 16;

  private static final int MAX_LENGTH = 4_096;

  /** The longest token, and what a {@link PortToken} has after it. */
  private static final int MAX_FILE_BYTES = MAX_LENGTH + 256;

  /**
   * Checks what was given.
   *
   * @throws InvalidSettingException if it can't be a token; the message does not show it
   */
  public Token {
    boolean sound =
        secret.length() >= MIN_LENGTH
            && secret.length() <= MAX_LENGTH
            && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!sound) {
      throw new InvalidSettingException(
          "the token must be "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " letters, digits and signs, without blanks");
    }
  }

  /** A new one that nobody can guess: 256 bits. */
  public static Token random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /** Reads a file that holds nothing but a token, perhaps with a line's end after it. */
  static Token read(Path file) {
    try {
      return new Token(beginningOf(file).strip());
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new InvalidSettingException("the token file " + file + " can't be read");
    }
  }

  /** So much of a file as can matter: it may hold gigabytes, or have no end. */
  static String beginningOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** What the settings name, if they name any; of a file and a variable, the stronger source's. */
  static Optional<Token> given(Settings settings) {
    return given(settings, Setting.TOKEN, Setting.TOKEN_FILE);
  }

  /** The same by other settings: one that is the token itself, and one that is its file. */
  static Optional<Token> given(Settings settings, Setting secret, Setting file) {
    return settings.outranks(secret, file)
        ? settings.optionalText(secret).map(Token::new)
        : settings.optionalPath(file).map(Token::read);
  }

  /** Compares in a time that tells nothing of how much is right. */
  public boolean matches(String shown) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
