package dev.toxserver.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the client needs to know.
 *
 * @param servers where the server is; if there are several, any may take a request, and they are
 *     tried in this order; none with a socket
 * @param socket the path of a Unix domain socket, in place of them
 * @param tls the files for TLS; none with a socket, where nobody else can listen
 * @param token what is shown to the server, if anything, on each connection
 * @param timeout the longest silence that is accepted, in seconds; without it, any
 * @param reconnectMillis how long a lost connection is tried to be made again during a run
 */
public record ClientConfig(
    List<HostPort> servers,
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
    return new ClientConfig(
        socket.isPresent() ? List.of() : servers(settings, environment),
        socket,
        socket.isPresent() ? Optional.empty() : Tls.ofClient(settings, environment.variables()),
        token,
        settings.optionalSeconds(Setting.TIMEOUT),
        settings.millis(Setting.RECONNECT_TIMEOUT));
  }

  private static List<HostPort> servers(Settings settings, Environment environment) {
    String host = settings.text(Setting.HOST);
    return host.indexOf(',') < 0 && host.indexOf(':') < 0
        ? List.of(new HostPort(host, port(settings, environment)))
        : Hosts.read(host, settings, environment);
  }

  /** The port of servers that are named without one. */
  static int port(Settings settings, Environment environment) {
    int port = givenPort(settings, environment);
    if (port == 0) {
      throw new InvalidSettingException("-p, --port: 0 is for serve; give the server's port");
    }
    return port;
  }

  private static int givenPort(Settings settings, Environment environment) {
    return settings
        .optionalPort(Setting.PORT)
        .or(() -> Landmark.of(settings, environment).flatMap(Landmark::port))
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "no port: give -p NUMBER, set %s, or stand where a server serves"
                        .formatted(Setting.PORT.variable())));
  }

  /** The server's address, for messages; those of all, if there are several. */
  public String address() {
    if (socket.isPresent()) {
      return socket.get().toString();
    }
    String address = servers.get(0).toString();
    for (HostPort other : servers.subList(1, servers.size())) {
      address += ", " + other;
    }
    return address;
  }
}
