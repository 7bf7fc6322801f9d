package dev.toxserver.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * What a client tells of its user's side, for one run. It may hold secrets: none of it is kept, and
 * of the variables nothing but the names is shown anywhere.
 *
 * @param terminal the terminal to run in; without it, pipes
 * @param stdin whether the client hands on its standard input; without it, and without a terminal,
 *     the program reads end of file
 * @param env variables for the program; none if the client says nothing of its environment
 */
public record UserSide(
    Optional<TerminalRequest> terminal, boolean stdin, Optional<Map<String, String>> env) {
  /** That of a client which says nothing of it. */
  public static final UserSide UNKNOWN = new UserSide(Optional.empty(), false, Optional.empty());

  /** The most variables that a client can give. */
  public static final int MAX_VARIABLES = 1024;

  /** The most bytes (UTF-8) that these can have in all, names and values. */
  public static final int MAX_ENV_BYTES = 128 * 1024;

  /** Takes a copy of the variables. */
  public UserSide {
    env = env.map(Map::copyOf);
  }

  /** Whether there is a keyboard: what is typed or piped into the client goes to the program. */
  public boolean hasInput() {
    return stdin || terminal.isPresent();
  }

  /** The same with a terminal. */
  public UserSide with(TerminalRequest wanted) {
    return new UserSide(Optional.of(wanted), stdin, env);
  }

  /** The same without a word of the environment. */
  UserSide withoutVariables() {
    return new UserSide(terminal, stdin, Optional.empty());
  }

  /** The same with another size of its terminal, if it has one. */
  UserSide with(TerminalSize size) {
    return new UserSide(
        terminal.map(wanted -> new TerminalRequest(size, wanted.term())), stdin, env);
  }

  /** Its variables' names only. */
  @Override
  public String toString() {
    return "UserSide[terminal=%s, stdin=%s, env=%s]"
        .formatted(terminal, stdin, env.map(Map::keySet));
  }
}
