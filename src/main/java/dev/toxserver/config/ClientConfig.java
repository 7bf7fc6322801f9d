package dev.toxserver.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the client needs to know.
 *
 * @param host where the server is
 * @param port where the server is
 * @param socket the path of a Unix domain socket, in place of both
 * @param tls the files for TLS; none with a socket, where nobody else can listen
 * @param token what is shown to the server, if anything, on each connection
 * @param timeout the longest silence that is accepted, in seconds; without it, any
 * @param reconnectMillis how long a lost connection is tried to be made again during a run
 */
public record ClientConfig(
    String host,
    int port,
    Optional<Path> socket,
    Optional<Tls> tls,
    ShownToken token,
    Optional<Double> timeout,
    long reconnectMillis) {

  /**
   * Reads it from the settings.
   *
   * @param environment where a token and a {@link Landmark} are looked for
   */
  public static ClientConfig from(Settings settings, Environment environment) {
    ClientToken token = ClientToken.from(settings, environment);
    Optional<Path> socket = SocketPath.from(settings);
    int port = socket.isPresent() ? 0 : port(settings, environment);
    if (socket.isEmpty() && port == 0) {
      throw new InvalidSettingException("-p, --port: 0 is for serve; give the server's port");
    }
    return new ClientConfig(
        settings.text(Setting.HOST),
        port,
        socket,
        socket.isPresent() ? Optional.empty() : Tls.from(settings),
        token,
        settings.optionalSeconds(Setting.TIMEOUT),
        settings.millis(Setting.RECONNECT_TIMEOUT));
  }

  private static int port(Settings settings, Environment environment) {
    return settings
        .optionalPort(Setting.PORT)
        .or(() -> Landmark.of(settings, environment).flatMap(Landmark::port))
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "no port: give -p NUMBER, set %s, or stand where a server serves"
                        .formatted(Setting.PORT.variable())));
  }

  /** The server's address, for messages. */
  public String address() {
    return socket.map(Path::toString).orElse(host + ":" + port);
  }
}
