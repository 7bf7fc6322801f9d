package dev.toxserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Logger;

/**
 * What a client shows to the server that it has reached. What the user names wins; then the token
 * of the very server at that port, if it is this user's, then that of the project: the nearest
 * .tox-server/token from the client's folder upwards, if it can be read. Both are looked for at
 * each connection, since a client may be started before its server, which writes them.
 */
public final class ClientToken implements ShownToken {
  private final Optional<Token> given;
  private final Environment environment;
  private Optional<ProjectToken> ofProject = Optional.empty();

  private record ProjectToken(Path file, Token token) {
    static Optional<ProjectToken> nearest(Path folder) {
      return TokenFile.nearest(folder).map(file -> new ProjectToken(file, Token.read(file)));
    }
  }

  private ClientToken(Optional<Token> given, Environment environment) {
    this.given = given;
    this.environment = environment;
  }

  /**
   * Reads what the settings name and what is there already.
   *
   * @throws InvalidSettingException if that is no token
   */
  public static ClientToken from(Settings settings, Environment environment) {
    ClientToken token = new ClientToken(Token.given(settings), environment);
    if (token.given.isEmpty()) {
      token.ofProject = ProjectToken.nearest(environment.folder());
    }
    return token;
  }

  @Override
  public Optional<Token> showTo(Optional<String> ip, int port, int localPort) {
    if (given.isPresent()) {
      log("The token is the one that the settings name");
      return given;
    }
    boolean loopback = ip.isPresent() && LoopbackPeer.isLoopback(ip.get());
    Optional<Token> ofPort =
        loopback ? PortToken.find(environment.variables(), ip.get(), port) : Optional.empty();
    if (ofPort.isPresent()) {
      log("The token is this user's own for that port");
      return ofPort;
    }
    if (ofProject.isEmpty()) {
      ofProject = ofProjectSince();
    }
    if (loopback && ofProject.isPresent()) {
      refuseStrangers(ofProject.get(), port, localPort);
    }
    log(
        ofProject.isPresent()
            ? "The token is the project's, from the nearest .tox-server upwards"
            : "There is no token to show");
    return ofProject.map(ProjectToken::token);
  }

  /** Not a constant: a client's logging is set up while its Vert.x is made, and not before. */
  private static void log(String source) {
    Logger.getLogger(ClientToken.class.getName()).fine(source);
  }

  private Optional<ProjectToken> ofProjectSince() {
    try {
      return ProjectToken.nearest(environment.folder());
    } catch (InvalidSettingException e) {
      // No token of a server's; one that wants one will say so.
      return Optional.empty();
    }
  }

  private static void refuseStrangers(ProjectToken token, int port, int localPort) {
    OptionalInt stranger = LoopbackPeer.stranger(port, localPort, List.of(token.file()));
    if (stranger.isPresent()) {
      throw new InvalidSettingException(
          "another user's program (of user id "
              + stranger.getAsInt()
              + ") has the port "
              + port
              + ", and is not shown the project's token: name one with --token-file to trust it");
    }
  }
}
