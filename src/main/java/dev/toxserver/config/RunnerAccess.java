package dev.toxserver.config;

import java.util.Optional;

/**
 * Which runners may join: those that show the runners' own token, all that reach the server, or
 * none. A client's token is not enough: who has it could pose as a runner and make results up.
 *
 * @param token what they have to show
 * @param isOpen whether they need not
 */
public record RunnerAccess(Optional<Token> token, boolean isOpen) {
  /** No runner may join. */
  public static final RunnerAccess CLOSED = new RunnerAccess(Optional.empty(), false);

  /** Every runner may join that reaches the server. */
  public static final RunnerAccess OPEN = new RunnerAccess(Optional.empty(), true);

  /** Those may join that show this token. */
  public static RunnerAccess wanting(Token token) {
    return new RunnerAccess(Optional.of(token), false);
  }

  /** Whether a runner may join that shows this. */
  public boolean admits(String shown) {
    return token.isPresent() && token.get().matches(shown);
  }
}
