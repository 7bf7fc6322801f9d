package dev.toxserver;

import dev.toxserver.config.ClientConfig;
import dev.toxserver.config.ClientToken;
import dev.toxserver.config.Environment;
import dev.toxserver.config.HostPort;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's settings, for tests. */
public final class ClientConfigs {
  public static final String TOKEN = "0123456789abcdef";

  private ClientConfigs() {}

  /** With a token, without TLS, a socket or a limit of silence. */
  public static ClientConfig at(String host, int port) {
    return at(host, port, Optional.empty(), 2_500);
  }

  /** With a limit of silence, in seconds, and one for a lost connection to be made again. */
  public static ClientConfig at(
      String host, int port, Optional<Double> timeout, long reconnectMillis) {
    return at(List.of(new HostPort(host, port)), timeout, reconnectMillis);
  }

  /** The same for several servers. */
  public static ClientConfig at(
      List<HostPort> servers, Optional<Double> timeout, long reconnectMillis) {
    Settings settings = new Settings(Map.of(), Map.of(Setting.TOKEN.variable(), TOKEN), Map.of());
    ClientToken token = ClientToken.from(settings, Environment.ofProcess());
    return new ClientConfig(
        servers, Optional.empty(), Optional.empty(), token, timeout, reconnectMillis);
  }
}
