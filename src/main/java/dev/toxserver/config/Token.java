package dev.toxserver.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client shows to a server that does not let everybody in. It is never part of a message, a
 * log line or an exception: {@link #toString} hides it.
 *
 * @param secret 1 to 4,096 characters without blanks
 */
public record Token(String secret) {
  private static final int RANDOM_BYTES = 32;
  private static final int MAX_LENGTH = 4_096;

  /**
   * Checks what was given.
   *
   * @throws InvalidSettingException if it can't be a token; the message does not show it
   */
  public Token {
    boolean sound =
        !secret.isEmpty()
            && secret.length() <= MAX_LENGTH
            && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!sound) {
      throw new InvalidSettingException(
          "the token must be 1 to " + MAX_LENGTH + " letters, digits and signs, without blanks");
    }
  }

  /** A new one that nobody can guess: 256 bits. */
  static Token random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /** Reads a file that holds nothing but a token, perhaps with a line's end after it. */
  static Token read(Path file) {
    try {
      return new Token(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new InvalidSettingException("the token file " + file + " can't be read");
    }
  }

  /** What the settings name, if they name any. */
  static Optional<Token> given(Settings settings) {
    return settings
        .optionalPath(Setting.TOKEN_FILE)
        .map(Token::read)
        .or(() -> settings.optionalText(Setting.TOKEN).map(Token::new));
  }

  /**
   * What a client shows: the token that its settings name, else the one in the nearest
   * .tox-server/token from a folder upwards, if it can be read. That is looked for anew each time
   * until it is there: a client may be started before its server, which writes it.
   */
  public static Supplier<Optional<Token>> forClient(Settings settings, Path folder) {
    Optional<Token> found = given(settings).or(() -> TokenFile.nearest(folder).map(Token::read));
    return found.isPresent() ? () -> found : () -> writtenSince(folder);
  }

  private static Optional<Token> writtenSince(Path folder) {
    try {
      return TokenFile.nearest(folder).map(Token::read);
    } catch (InvalidSettingException e) {
      // No token of a server's; one that wants one will say so.
      return Optional.empty();
    }
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
