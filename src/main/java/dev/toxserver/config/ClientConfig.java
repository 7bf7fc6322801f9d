package dev.toxserver.config;

import java.util.Optional;

/**
 * What the client needs to know.
 *
 * @param host where the server is
 * @param port where the server is
 * @param timeout the longest silence that is accepted, in seconds; without it, any
 */
public record ClientConfig(String host, int port, Optional<Double> timeout) {

  /** Reads it from the settings. */
  public static ClientConfig from(Settings settings) {
    int port = settings.port(Setting.PORT);
    if (port == 0) {
      throw new InvalidSettingException("-p, --port: 0 is for serve; give the server's port");
    }
    return new ClientConfig(
        settings.text(Setting.HOST), port, settings.optionalSeconds(Setting.TIMEOUT));
  }

  /** The server's address, for messages. */
  public String address() {
    return host + ":" + port;
  }
}
