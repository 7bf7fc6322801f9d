package dev.toxserver.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
  public record Store(int replicas, boolean inMemory, long outputBytes, long ageMillis) {
    private static final long MOST_DAYS = 3_650;

    private static Store from(Settings settings) {
      int days = settings.count(Setting.NATS_AGE);
      if (days > MOST_DAYS) {
        throw new InvalidSettingException("--nats-age: at most " + MOST_DAYS + " days");
      }
      return new Store(
          Integer.parseInt(settings.oneOf(Setting.NATS_REPLICAS, List.of("1", "3"))),
          settings.oneOf(Setting.NATS_STORAGE, List.of("file", "memory")).equals("memory"),
          settings.size(Setting.NATS_OUTPUT),
          TimeUnit.DAYS.toMillis(days));
    }
  }

  /**
   * Reads it from the settings; empty if no server is named.
   *
   * @throws InvalidSettingException if a URL or a file is of no use, or user and password are not
   *     both there
   */
  public static Optional<NatsConfig> from(Settings settings) {
    return settings.optionalText(Setting.NATS).map(urls -> from(settings, urls));
  }

  /**
   * Reads it for a runner, which would run whatever somebody sends who poses as NATS; empty if it
   * is told of a server's socket by who outranks who tells it of NATS.
   *
   * @throws InvalidSettingException also if NATS is on another machine and there is no TLS, and the
   *     user does not say that there need be none
   */
  public static Optional<NatsConfig> ofRunner(Settings settings) {
    if (settings.outranks(Setting.SOCKET, Setting.NATS)) {
      return Optional.empty();
    }
    Optional<NatsConfig> config = from(settings);
    config
        .filter(each -> each.tls().isEmpty() && !settings.on(Setting.INSECURE))
        .flatMap(each -> each.servers().stream().filter(url -> !isHere(url)).findFirst())
        .ifPresent(
            url -> {
              throw new InvalidSettingException(
                  url
                      + " is another machine, and could have anything run here: give --nats-ca, or say"
                      + " --insecure");
            });
    return config;
  }

  private static NatsConfig from(Settings settings, String urls) {
    List<String> servers =
        Stream.of(urls.split(",", -1)).map(String::strip).map(NatsConfig::url).toList();
    boolean isTls = servers.stream().anyMatch(url -> url.startsWith("tls:"));
    Optional<Tls> files = Tls.from(settings, Setting.NATS_CERT, Setting.NATS_KEY, Setting.NATS_CA);
    Tls none = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    Optional<Tls> tls = files.or(() -> Optional.of(none).filter(given -> isTls));
    tls.ifPresent(TlsMaterial::read);
    return new NatsConfig(servers, login(settings), tls, Store.from(settings));
  }

  private static Optional<Login> login(Settings settings) {
    Optional<String> user = settings.optionalText(Setting.NATS_USER);
    Optional<String> password =
        settings.outranks(Setting.NATS_PASSWORD, Setting.NATS_PASSWORD_FILE)
            ? settings.optionalText(Setting.NATS_PASSWORD)
            : settings.optionalPath(Setting.NATS_PASSWORD_FILE).map(NatsConfig::read);
    if (user.isPresent() != password.isPresent()) {
      throw new InvalidSettingException(
          "--nats-user goes with --nats-password-file (or "
              + Setting.NATS_PASSWORD.variable()
              + "): give both");
    }
    return user.map(name -> new Login(name, password.orElseThrow()));
  }

  private static String read(Path file) {
    try {
      String password = Token.beginningOf(file).strip();
      if (password.isEmpty()) {
        throw new InvalidSettingException("--nats-password-file: " + file + " is empty");
      }
      return password;
    } catch (IOException e) {
      throw new InvalidSettingException("--nats-password-file: " + file + " can't be read");
    }
  }

  private static String url(String given) {
    URI url = parse(given.contains("://") ? given : "nats://" + given);
    if (url.getUserInfo() != null) {
      throw new InvalidSettingException(
          "--nats: a password in a URL is seen by every user of this machine: give --nats-user and"
              + " --nats-password-file");
    }
    boolean isComplete =
        List.of("nats", "tls").contains(url.getScheme())
            && url.getHost() != null
            && url.getPath().isEmpty();
    if (!isComplete) {
      throw wrong(given);
    }
    return url.getPort() < 0 ? url + ":4222" : url.toString();
  }

  private static URI parse(String given) {
    try {
      return new URI(given);
    } catch (URISyntaxException e) {
      throw wrong(given);
    }
  }

  private static InvalidSettingException wrong(String given) {
    return new InvalidSettingException(
        "--nats: '" + given + "' is not nats://HOST:PORT or tls://HOST:PORT");
  }

  private static boolean isHere(String url) {
    String host = URI.create(url).getHost().replaceAll("[\\[\\]]", "");
    return host.equals("localhost") || LoopbackPeer.isLoopback(host);
  }
}
