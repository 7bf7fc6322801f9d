package dev.toxserver.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a runner needs to know of the server that it joins, and of itself. */
public final class HubConfig {
  private HubConfig() {}

  /**
   * Reads where the server is. It may have anything run here: so beyond this machine it has to show
   * who it is, by TLS, and on its loopback to be of this user, of root, or of the token file's
   * owner; unless the user says that it need not.
   *
   * @param join HOST:PORT, if it was given
   */
  public static ClientConfig from(Settings settings, Optional<String> join) {
    Optional<Path> socket = join.isPresent() ? Optional.empty() : SocketPath.from(settings);
    if (socket.isEmpty() && join.isEmpty()) {
      throw new InvalidSettingException("which server? Give --join HOST:PORT or --socket PATH");
    }
    Optional<Tls> tls = socket.isPresent() ? Optional.empty() : Tls.from(settings);
    String host = join.map(HubConfig::host).orElse("");
    boolean here = socket.isPresent() || host.equals("localhost") || LoopbackPeer.isLoopback(host);
    boolean trusting = tls.isPresent() || settings.on(Setting.INSECURE);
    if (!here && !trusting) {
      throw new InvalidSettingException(
          host
              + " is another machine, and could have anything run here: give --tls-ca, use a tunnel or"
              + " --socket, or say --insecure");
    }
    return new ClientConfig(
        host,
        join.map(HubConfig::port).orElse(0),
        socket,
        tls,
        RunnerToken.shown(settings, trusting),
        Optional.empty(),
        settings.millis(Setting.RUNNER_GRACE));
  }

  /** This machine's, up to the first dot, with nothing but what a runner's name can have. */
  public static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      String first =
          name.contains(".") && !LoopbackPeer.isLoopback(name) ? name.split("\\.")[0] : name;
      return first.replaceAll("[^A-Za-z0-9_-]", "-");
    } catch (UnknownHostException e) {
      return "runner";
    }
  }

  /** What is found of this machine. Blocks. */
  public static List<String> foundLabels(Environment environment) {
    return FoundLabels.of(environment).labels();
  }

  private static String host(String join) {
    String host = join.substring(0, Math.max(0, join.lastIndexOf(':')));
    if (host.isEmpty()) {
      throw new InvalidSettingException("--join: '" + join + "' is not HOST:PORT");
    }
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String join) {
    String port = join.substring(join.lastIndexOf(':') + 1);
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new InvalidSettingException("--join: '" + join + "' is not HOST:PORT");
    }
    return Integer.parseInt(port);
  }
}
