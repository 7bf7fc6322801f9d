package dev.toxserver.server;

import dev.toxserver.config.Access;
import dev.toxserver.config.FoundLabels;
import dev.toxserver.config.NatsConfig;
import dev.toxserver.config.PageConfig;
import dev.toxserver.config.RunnerAccess;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Token;
import dev.toxserver.config.TraceExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server's configuration on a free port, with limits that a test can reach. */
public final class TestConfig {
  public static final ServerConfig.Limits LIMITS = new ServerConfig.Limits(20, 5, 1_500, 1_000);

  public static final ServerConfig.Patience PATIENCE =
      new ServerConfig.Patience(60_000, 1_000, 200);

  public static final ServerConfig.Keeping KEEPING =
      new ServerConfig.Keeping(Optional.empty(), 1024 * 1024, 10);

  /** A runner of its own, which has found nothing. */
  public static final ServerConfig.Runners LOCAL =
      new ServerConfig.Runners(true, new FoundLabels("", "linux", "x86_64"), 1_000, 1 << 20);

  private static final ServerConfig.Places ROOM = new ServerConfig.Places(1, 100, 2);

  private TestConfig() {}

  public static ServerConfig server(ServerConfig.Places places) {
    return server(Optional.empty(), PATIENCE, KEEPING, places);
  }

  public static ServerConfig server(Optional<Token> token, int jobs, int queueLimit) {
    return server(token, PATIENCE, KEEPING, new ServerConfig.Places(jobs, queueLimit, 2));
  }

  /** With a folder to keep runs in. */
  public static ServerConfig server(ServerConfig.Places places, Path folder) {
    return server(
        Optional.empty(),
        PATIENCE,
        new ServerConfig.Keeping(Optional.of(folder), 1024 * 1024, 10),
        places);
  }

  /** One that wants a token, with a folder to keep things in, and as patient as its users are. */
  public static ServerConfig server(Token token, Path folder) {
    return server(
        Optional.of(token),
        new ServerConfig.Patience(60_000, 60_000, 200),
        new ServerConfig.Keeping(Optional.of(folder), 64 * 1024 * 1024, 10),
        ROOM);
  }

  /** One job, room for many, nothing kept on disk. */
  public static ServerConfig server(ServerConfig.Patience patience) {
    return server(Optional.empty(), patience, KEEPING, ROOM);
  }

  /** One job, room for many, and a folder to keep them in. */
  public static ServerConfig server(ServerConfig.Patience patience, Path folder) {
    return server(
        Optional.empty(),
        patience,
        new ServerConfig.Keeping(Optional.of(folder), 64 * 1024 * 1024, 100),
        ROOM);
  }

  /** A server that runners may join, and of which their runs wait a while for them. */
  public static ServerConfig joinedBy(RunnerAccess runners, boolean local, long graceMillis) {
    ServerConfig config = server(PATIENCE);
    return with(
        config,
        config.listen(),
        config.limits(),
        Access.OPEN.with(runners),
        new ServerConfig.Runners(local, LOCAL.found(), graceMillis, LOCAL.windowBytes()),
        config.tracing());
  }

  /** One job, room for many, and its runs are spans. */
  public static ServerConfig tracing(Optional<TraceExport> export) {
    ServerConfig config = server(PATIENCE);
    return with(
        config, config.listen(), config.limits(), config.access(), config.runners(), export);
  }

  /** One with another way to listen. */
  public static ServerConfig listening(ServerConfig config, ServerConfig.Listen listen) {
    return with(
        config, listen, config.limits(), config.access(), config.runners(), config.tracing());
  }

  /** One with other limits for its connections. */
  public static ServerConfig limited(ServerConfig config, ServerConfig.Limits limits) {
    return with(
        config, config.listen(), limits, config.access(), config.runners(), config.tracing());
  }

  /** One that shares its runs with others. */
  public static ServerConfig sharing(ServerConfig config, NatsConfig nats) {
    return new ServerConfig(
        config.listen(),
        config.limits(),
        config.access(),
        config.landmark(),
        config.patience(),
        config.keeping(),
        config.places(),
        config.runners(),
        config.version(),
        config.tracing(),
        Optional.of(nats));
  }

  private static ServerConfig with(
      ServerConfig config,
      ServerConfig.Listen listen,
      ServerConfig.Limits limits,
      Access access,
      ServerConfig.Runners runners,
      Optional<TraceExport> tracing) {
    return new ServerConfig(
        listen,
        limits,
        access,
        config.landmark(),
        config.patience(),
        config.keeping(),
        config.places(),
        runners,
        config.version(),
        tracing,
        config.nats());
  }

  /** One with a page for browsers, at a free port. */
  public static ServerConfig withPage(ServerConfig config) {
    PageConfig page = new PageConfig(0, List.of("localhost"));
    return listening(
        config,
        new ServerConfig.Listen(
            "127.0.0.1",
            0,
            Optional.empty(),
            config.listen().tls(),
            Optional.empty(),
            Optional.of(page)));
  }

  private static ServerConfig server(
      Optional<Token> token,
      ServerConfig.Patience patience,
      ServerConfig.Keeping keeping,
      ServerConfig.Places places) {
    ServerConfig.Listen listen =
        new ServerConfig.Listen("127.0.0.1", 0, Optional.empty(), Optional.empty());
    Access access = token.map(Access::wanting).orElse(Access.OPEN);
    return new ServerConfig(
        listen,
        LIMITS,
        access,
        Optional.empty(),
        patience,
        keeping,
        places,
        LOCAL,
        "test",
        Optional.empty(),
        Optional.empty());
  }
}
