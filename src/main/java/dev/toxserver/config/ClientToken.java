package dev.toxserver.config;

import java.util.Optional;

/**
 * What a client shows to the server that it has reached. What the user names wins; then the token
 * of the very server at that port, if it is this user's, then that of the project: the nearest
 * .tox-server/token from the client's folder upwards, if it can be read. Both are looked for at
 * each connection, since a client may be started before its server, which writes them.
 */
public final class ClientToken {
  private final Optional<Token> given;
  private final Environment environment;
  private Optional<Token> ofProject;

  private ClientToken(Optional<Token> given, Optional<Token> ofProject, Environment environment) {
    this.given = given;
    this.ofProject = ofProject;
    this.environment = environment;
  }

  /**
   * Reads what the settings name and what is there already.
   *
   * @throws InvalidSettingException if that is no token
   */
  public static ClientToken from(Settings settings, Environment environment) {
    Optional<Token> given = Token.given(settings);
    Optional<Token> ofProject =
        given.isPresent()
            ? Optional.empty()
            : TokenFile.nearest(environment.folder()).map(Token::read);
    return new ClientToken(given, ofProject, environment);
  }

  /**
   * For a new connection; on one thread at a time.
   *
   * @param ip the address that was reached; empty over a Unix domain socket
   * @param port the port that was reached
   */
  public Optional<Token> showTo(Optional<String> ip, int port) {
    if (given.isPresent()) {
      return given;
    }
    Optional<Token> ofPort =
        ip.flatMap(address -> PortToken.find(environment.variables(), address, port));
    return ofPort.isPresent() ? ofPort : ofProject();
  }

  private Optional<Token> ofProject() {
    if (ofProject.isEmpty()) {
      try {
        ofProject = TokenFile.nearest(environment.folder()).map(Token::read);
      } catch (InvalidSettingException e) {
        // No token of a server's; one that wants one will say so.
        return Optional.empty();
      }
    }
    return ofProject;
  }
}
