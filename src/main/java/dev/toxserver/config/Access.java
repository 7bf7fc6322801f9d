package dev.toxserver.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is let in: decided once, when the server starts.
 *
 * @param token what each connection has to show
 * @param notice what the user should know about it, in one line; it never shows the token
 * @param open whether anybody who reaches the server can run commands there
 */
public record Access(Optional<Token> token, Optional<String> notice, boolean open) {

  /**
   * Loopback and Unix sockets need nothing; what others can reach is closed unless it is opened: by
   * a token that is given, by certificates of the clients', or by a new token in the project.
   *
   * @param project the server's working directory
   */
  public static Access decide(Settings settings, ServerConfig.Listen listen, Path project) {
    boolean reachable = listen.socket().isEmpty() && !isLoopback(listen.bindHost());
    if (!settings.on(Setting.AUTH)) {
      return new Access(Optional.empty(), openNotice(reachable, listen), reachable);
    }
    Optional<Token> given = Token.given(settings);
    if (given.isPresent()) {
      return new Access(given, Optional.empty(), false);
    }
    boolean clientsShowCertificates = listen.tls().flatMap(Tls::ca).isPresent();
    if (!reachable || clientsShowCertificates) {
      return new Access(Optional.empty(), Optional.empty(), false);
    }
    return new Access(
        Optional.of(TokenFile.obtain(project)),
        Optional.of("Clients need the token in " + TokenFile.in(project)),
        false);
  }

  private static Optional<String> openNotice(boolean reachable, ServerConfig.Listen listen) {
    return Optional.of("--no-auth: whoever reaches " + listen.bindHost() + " can run commands here")
        .filter(notice -> reachable);
  }

  /** A name that has no address is left for the bind to fail on. */
  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
