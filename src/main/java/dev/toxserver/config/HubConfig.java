package dev.toxserver.config;

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
      throw new InvalidSettingException(
          "which server? Give --join HOST:PORT, --socket PATH or --nats URL");
    }
    Optional<Tls> tls = socket.isPresent() ? Optional.empty() : Tls.from(settings);
    Optional<HostPort> server = join.map(HubConfig::hostAndPort);
    boolean here = server.isEmpty() || isLoopback(server.get().host());
    boolean trusting = tls.isPresent() || settings.on(Setting.INSECURE);
    if (!here && !trusting) {
      throw new InvalidSettingException(
          server.get().host()
              + " is another machine, and could have anything run here: give --tls-ca, use a tunnel or"
              + " --socket, or say --insecure");
    }
    return new ClientConfig(
        server.map(List::of).orElseGet(List::of),
        socket,
        tls,
        RunnerToken.shown(settings, trusting),
        Optional.empty(),
        settings.millis(Setting.RUNNER_GRACE));
  }

  /** This machine's, up to the first dot, with nothing but what a runner's name can have. */
  public static String hostName() {
    String name = ThisHost.name().orElse("runner");
    String first =
        name.contains(".") && !LoopbackPeer.isLoopback(name) ? name.split("\\.")[0] : name;
    return first.replaceAll("[^A-Za-z0-9_-]", "-");
  }

  /** What is found of this machine. Blocks. */
  public static List<String> foundLabels(Environment environment) {
    return FoundLabels.of(environment).labels();
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || LoopbackPeer.isLoopback(host);
  }

  private static HostPort hostAndPort(String join) {
    return HostPort.of(join, join.lastIndexOf(':'))
        .orElseThrow(() -> new InvalidSettingException("--join: '" + join + "' is not HOST:PORT"));
  }
}
