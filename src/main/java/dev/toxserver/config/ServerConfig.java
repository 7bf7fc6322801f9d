package dev.toxserver.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server needs to know.
 *
 * @param listen where it can be reached, and how
 * @param limits what connections may take
 * @param access who is let in
 * @param landmark by which clients in the folder that is served find the server, if they shall
 * @param patience how long a run waits for readers that take nothing
 * @param keeping what is kept of runs
 * @param places how many runs there may be
 * @param runners who carries them out
 * @param version what ping tells
 * @param tracing where the spans of runs go, if they go anywhere
 * @param nats by which servers it shares its runs with others, if it does
 */
public record ServerConfig(
    Listen listen,
    Limits limits,
    Access access,
    Optional<LandmarkFile> landmark,
    Patience patience,
    Keeping keeping,
    Places places,
    Runners runners,
    String version,
    Optional<TraceExport> tracing,
    Optional<NatsConfig> nats) {
  /**
   * Where the server listens.
   *
   * @param bindHost a host of this machine's
   * @param port 0 for any free one
   * @param socket the path of a Unix domain socket, in place of both
   * @param tls the files for TLS; none with a socket, where nobody else can listen
   * @param zmtp a port for the original's clients beside all that, if they are served
   * @param page for browsers, if they are served; with the same TLS
   */
  public record Listen(
      String bindHost,
      int port,
      Optional<Path> socket,
      Optional<Tls> tls,
      Optional<Integer> zmtp,
      Optional<PageConfig> page) {
    /** Where clients of ours alone are served. */
    public Listen(String bindHost, int port, Optional<Path> socket, Optional<Tls> tls) {
      this(bindHost, port, socket, tls, Optional.empty(), Optional.empty());
    }

    /** As people write it: a URI. */
    public String address(int actualPort) {
      return socket
          .map(path -> "unix:" + path)
          .orElse((tls.isPresent() ? "tls://" : "tcp://") + bindHost + ":" + actualPort);
    }
  }

  /**
   * What connections may take.
   *
   * @param connections how many may be open
   * @param unauthenticated how many of them may be open without having shown the token
   * @param deadlineMillis how long each of those has to show it
   * @param frameMillis how long a frame may take from its first byte to its last
   */
  public record Limits(
      int connections, int unauthenticated, long deadlineMillis, long frameMillis) {
    /** A request of 128 KiB comes in that time over the slowest of lines. */
    private static final long LEAST_FRAME_MILLIS = 30_000;

    /** What is long enough for the first frame is long enough for the others. */
    public Limits(int connections, int unauthenticated, long deadlineMillis) {
      this(
          connections,
          unauthenticated,
          deadlineMillis,
          Math.max(deadlineMillis, LEAST_FRAME_MILLIS));
    }
  }

  /**
   * How long a run waits for its readers.
   *
   * @param requesterMillis for the client that asked for it, while that takes nothing
   * @param onlookerMillis for anybody else who takes nothing
   * @param graceMillis for the client that asked for it, when its connection has broken
   * @param silenceMillis how long nothing may be heard of the client that asked for it
   */
  public record Patience(
      long requesterMillis, long onlookerMillis, long graceMillis, long silenceMillis) {
    /** The contract has clients send a ping every 10 s: three of them may be late. */
    private static final long LEAST_SILENCE_MILLIS = 30_000;

    /** A client is as long silent as it takes nothing when ^Z has stopped it. */
    public Patience(long requesterMillis, long onlookerMillis, long graceMillis) {
      this(
          requesterMillis,
          onlookerMillis,
          graceMillis,
          Math.max(requesterMillis, LEAST_SILENCE_MILLIS));
    }
  }

  /**
   * What is kept of runs, for those who come back or come late.
   *
   * @param folder where; none if no place is known
   * @param spoolBytes how much of each run's output
   * @param runs how many that have ended
   */
  public record Keeping(Optional<Path> folder, long spoolBytes, int runs) {}

  /**
   * How many runs there may be that have not ended.
   *
   * @param jobs how many of tox are under way at once
   * @param queueLimit how many of tox may wait
   * @param execJobs how many programs of exec are under way at once; with 0, exec is refused
   */
  public record Places(int jobs, int queueLimit, int execJobs) {}

  /**
   * Who carries out runs.
   *
   * @param local whether the server does so itself
   * @param found what it finds of itself then
   * @param graceMillis how long the runs of a runner elsewhere wait for it when it is away
   * @param windowBytes the most output of a run that a runner elsewhere may have under way
   */
  public record Runners(boolean local, FoundLabels found, long graceMillis, int windowBytes) {}

  /**
   * Reads the rest from the settings. Who is let in is decided last: that may write a token, which
   * a start that is refused should not.
   *
   * @param listen as {@link #listen} has read it
   * @param environment where a token and a landmark are kept
   * @param stateFolder as {@link StateFolder} has found it
   */
  public static ServerConfig from(
      Settings settings,
      Listen listen,
      Environment environment,
      Optional<Path> stateFolder,
      String version) {
    Limits limits =
        new Limits(
            settings.count(Setting.MAX_CONNECTIONS),
            settings.count(Setting.MAX_UNAUTHENTICATED),
            settings.millis(Setting.AUTH_DEADLINE));
    Patience patience =
        new Patience(
            settings.millis(Setting.REQUESTER_PATIENCE),
            settings.millis(Setting.ONLOOKER_PATIENCE),
            settings.millis(Setting.RECONNECT_GRACE));
    Keeping keeping =
        new Keeping(
            stateFolder, settings.count(Setting.SPOOL_LIMIT), settings.count(Setting.HISTORY));
    Places places =
        new Places(
            settings.count(Setting.JOBS),
            settings.count(Setting.QUEUE_LIMIT),
            settings.on(Setting.EXEC) ? settings.count(Setting.EXEC_JOBS) : 0);
    Runners runners =
        new Runners(
            settings.on(Setting.LOCAL),
            FoundLabels.of(environment),
            settings.millis(Setting.RUNNER_GRACE),
            settings.count(Setting.WINDOW));
    Access access = Access.decide(settings, listen, environment);
    Optional<LandmarkFile> landmark =
        settings.on(Setting.LANDMARK)
            ? Optional.of(new LandmarkFile(environment.folder(), listen.tls().isPresent()))
            : Optional.empty();
    return new ServerConfig(
        listen,
        limits,
        access,
        landmark,
        patience,
        keeping,
        places,
        runners,
        version,
        TraceExport.from(environment.variables(), version),
        NatsConfig.from(settings));
  }

  /** Reads where to listen; with a socket, no port is needed. */
  public static Listen listen(Settings settings) {
    Optional<Path> socket = SocketPath.from(settings);
    Optional<Tls> tls = socket.isPresent() ? Optional.empty() : Tls.from(settings);
    if (tls.isPresent() && tls.get().cert().isEmpty()) {
      throw new InvalidSettingException(
          "a server with --tls-ca needs --tls-cert and --tls-key too");
    }
    return new Listen(
        settings.text(Setting.BIND_HOST),
        socket.isPresent() ? 0 : settings.port(Setting.PORT),
        socket,
        tls,
        settings.optionalPort(Setting.ZMTP),
        PageConfig.from(settings));
  }
}
