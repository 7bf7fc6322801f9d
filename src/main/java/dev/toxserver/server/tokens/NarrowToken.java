package dev.toxserver.server.tokens;

import dev.toxserver.config.Token;
import dev.toxserver.protocol.MalformedException;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.Scope;
import dev.toxserver.protocol.Sha256;
import dev.toxserver.protocol.TokenJson;
import dev.toxserver.protocol.TokenStatus;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A token as the server keeps it: what it may, and a hash of its secret. That is 256 random bits,
 * which nobody finds by trying, so that one round of SHA-256 is enough; and its id is in it in the
 * clear, so that there is one hash to compute however many tokens there are.
 *
 * @param link the run that it may read, if that is one alone
 * @param hash SHA-256 of the whole token, in hexadecimal
 */
record NarrowToken(TokenStatus status, Optional<Link> link, String hash) {
  private static final String PREFIX = "toxs_";

  /** A new one, and the token itself, which is kept nowhere. */
  record New(NarrowToken kept, String secret) {}

  static String newId() {
    return RunId.random().value();
  }

  /** Makes the secret of one. */
  static New of(TokenStatus status, Optional<Link> link) {
    String secret = PREFIX + status.id() + "_" + Token.random().secret();
    return new New(new NarrowToken(status, link, Sha256.hex(secret)), secret);
  }

  /** The id of a token that looks like one of these; empty for all others. */
  static Optional<String> idOf(String shown) {
    int end = shown.indexOf('_', PREFIX.length());
    return shown.startsWith(PREFIX) && end > 0
        ? Optional.of(shown.substring(PREFIX.length(), end))
        : Optional.empty();
  }

  /** Compares in a time that tells nothing of how much is right. */
  boolean matches(String shown) {
    return MessageDigest.isEqual(bytes(hash), bytes(Sha256.hex(shown)));
  }

  boolean isOverAt(long millis) {
    return status.expiresMillis().isPresent() && status.expiresMillis().getAsLong() <= millis;
  }

  /** When one ends that is made now and lasts so long, if that was said; in ms since 1970. */
  static OptionalLong endAfter(OptionalLong seconds) {
    return seconds.isEmpty()
        ? seconds
        : OptionalLong.of(System.currentTimeMillis() + seconds.getAsLong() * 1_000);
  }

  /** The same, which lasts no longer than that, in milliseconds since 1970. */
  NarrowToken until(long latest) {
    return latest == Long.MAX_VALUE
        ? this
        : new NarrowToken(
            status.until(Math.min(latest, status.expiresMillis().orElse(latest))), link, hash);
  }

  Rights rights() {
    return new Rights(
        Optional.of(status.id()),
        status.scope(),
        status.args().stream().map(ArgumentPattern::parse).toList(),
        link,
        status.expiresMillis());
  }

  JsonObject toJson() {
    JsonObject json = TokenJson.encode(status).put("sha256", hash);
    link.ifPresent(each -> each.writeTo(json));
    return json;
  }

  /**
   * Reads one.
   *
   * @throws MalformedException naming the field that is wrong
   */
  static NarrowToken decode(Object kept) {
    TokenStatus status = TokenJson.decode(kept);
    if (!(((JsonObject) kept).getValue("sha256") instanceof String hash)) {
      throw new MalformedException("sha256", "is missing");
    }
    if (status.scope() == Scope.LINK && status.run().isEmpty()) {
      throw new MalformedException("run", "is missing");
    }
    Optional<Link> link = status.run().map(run -> Link.of(run, (JsonObject) kept));
    NarrowToken token = new NarrowToken(status, link, hash);
    token.rights();
    return token;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
