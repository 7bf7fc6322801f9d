package dev.toxserver.config;

/**
 * What the server needs to know.
 *
 * @param bindHost where to listen
 * @param port where to listen; 0 for any free one
 * @param jobs how many runs are under way at once
 * @param queueLimit how many runs may wait
 * @param version what ping tells
 */
public record ServerConfig(String bindHost, int port, int jobs, int queueLimit, String version) {

  /** Reads it from the settings. */
  public static ServerConfig from(Settings settings, String version) {
    return new ServerConfig(
        settings.text(Setting.BIND_HOST),
        settings.port(Setting.PORT),
        settings.count(Setting.JOBS),
        settings.count(Setting.QUEUE_LIMIT),
        version);
  }
}
