package dev.toxserver.config;

import java.util.List;
import java.util.Optional;

/**
 * Where runs go over NATS, and how they are kept there.
 *
 * @param servers their URLs, each nats://HOST:PORT or tls://HOST:PORT; at least one
 * @param login who we are there, if not by certificate
 * @param tls the files for TLS; present without any file if the JDK's authorities are trusted
 * @param store how streams and buckets are made
 */
public record NatsConfig(
    List<String> servers, Optional<Login> login, Optional<Tls> tls, Store store) {
  /** Takes a copy of the list. */
  public NatsConfig {
    servers = List.copyOf(servers);
  }

  /** A user of NATS, whose password no log shows. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * How streams and buckets are made by the first hub; a runner makes none.
   *
   * @param replicas 1 or 3, on as many servers
   * @param inMemory whether all of it is lost when all the servers that keep it end
   * @param outputBytes the most that is kept of all runs' output
   * @param ageMillis the longest that any output is kept
   */
  public record Store(int replicas, boolean inMemory, long outputBytes, long ageMillis) {}
}
