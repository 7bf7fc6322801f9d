package dev.toxserver.server.door;

import java.util.Optional;

/** Why a server that wants a token does not let someone in. */
enum Objection {
  NO_TOKEN("showed no token", "this server wants a token: "),
  WRONG_TOKEN("showed a wrong token", "this server has another token than the one shown: "),
  ENDED_TOKEN(
      "showed a token that has ended",
      "the token that was shown has expired, was revoked, or is another server's;"
          + " 'token create' makes a new one. With the server's own: "),
  CROWDED_LINK("came by a link that too many have open");

  private static final String HOW_TO_SHOW_IT =
      "name it with --token-file or TOX_SERVER_TOKEN,"
          + " or work in the project where the server wrote .tox-server/token";

  private final String deed;
  private final Optional<String> message;

  Objection(String deed, String problem) {
    this.deed = deed;
    this.message = Optional.of(problem + HOW_TO_SHOW_IT);
  }

  /** Its client keeps trying, as where there are too many connections. */
  Objection(String deed) {
    this.deed = deed;
    this.message = Optional.empty();
  }

  /** What the log says that it did. */
  String deed() {
    return deed;
  }

  /** What its user is told, in one line; of some they are told nothing. */
  Optional<String> message() {
    return message;
  }
}
