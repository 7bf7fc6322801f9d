package dev.toxserver.server.door;

import dev.toxserver.config.Token;

/**
 * A token that lets one connection in, and is worth nothing after that: it stands in an address
 * that a server's user opens, and so in a terminal and in a browser. Belongs to the server's
 * context.
 */
final class OneTimeToken {
  private final Runnable onUsed;
  private Token current = Token.random();

  /**
   * One that has not been used.
   *
   * @param onUsed is told when it has been, and the next is there
   */
  OneTimeToken(Runnable onUsed) {
    this.onUsed = onUsed;
  }

  /** The one that lets in the next connection. */
  Token current() {
    return current;
  }

  /** Whether what was shown is the current one, which it then is no more. */
  boolean use(String shown) {
    if (!current.matches(shown)) {
      return false;
    }
    current = Token.random();
    onUsed.run();
    return true;
  }
}
