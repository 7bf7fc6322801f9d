package dev.toxserver.protocol;

import java.util.List;

/** What the server answers to a {@link TokenRequest}. */
public sealed interface TokenReply extends Reply {
  /**
   * It was made.
   *
   * @param secret the token itself, which the server does not keep
   */
  record Created(TokenStatus status, String secret) implements TokenReply {
    @Override
    public String toString() {
      return "Created[" + status + "]";
    }
  }

  /** It was revoked. */
  record Revoked(String id) implements TokenReply {}

  /** Those that there are, the oldest first. */
  record All(List<TokenStatus> tokens) implements TokenReply {
    /** Takes a copy. */
    public All {
      tokens = List.copyOf(tokens);
    }
  }
}
