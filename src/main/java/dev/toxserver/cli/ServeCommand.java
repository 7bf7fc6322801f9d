package dev.toxserver.cli;

import dev.toxserver.config.Access;
import dev.toxserver.config.Environment;
import dev.toxserver.config.InvalidSettingException;
import dev.toxserver.config.LogLevel;
import dev.toxserver.config.Logging;
import dev.toxserver.config.RunnerConfig;
import dev.toxserver.config.ServerConfig;
import dev.toxserver.config.Setting;
import dev.toxserver.config.Settings;
import dev.toxserver.config.StandardStream;
import dev.toxserver.config.StateFolder;
import dev.toxserver.protocol.RunnerAddresses;
import dev.toxserver.runner.ToxRunnerVerticle;
import dev.toxserver.server.ServerVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Model.CommandSpec;

/** {@code serve}: runs the server until it is told to quit. */
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = Logger.getLogger(ServeCommand.class.getName());

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.PORT,
          Setting.BIND_HOST,
          Setting.LOG_LEVEL,
          Setting.CONFIG,
          Setting.TOX,
          Setting.LOCAL,
          Setting.RUNNER_GRACE,
          Setting.JOBS,
          Setting.QUEUE_LIMIT,
          Setting.EXEC,
          Setting.EXEC_JOBS,
          Setting.TEE,
          Setting.RESULTS,
          Setting.ENV,
          Setting.ENV_ALLOW,
          Setting.TOKEN_FILE,
          Setting.RUNNER_TOKEN_FILE,
          Setting.AUTH,
          Setting.TLS_CERT,
          Setting.TLS_KEY,
          Setting.TLS_CA,
          Setting.SOCKET,
          Setting.ZMTP,
          Setting.HTTP,
          Setting.HTTP_HOST,
          Setting.LANDMARK,
          Setting.MAX_CONNECTIONS,
          Setting.MAX_UNAUTHENTICATED,
          Setting.AUTH_DEADLINE,
          Setting.INTERRUPT_GRACE,
          Setting.TERMINATE_GRACE,
          Setting.WINDOW,
          Setting.REQUESTER_PATIENCE,
          Setting.ONLOOKER_PATIENCE,
          Setting.RECONNECT_GRACE,
          Setting.STATE_DIR,
          Setting.HISTORY,
          Setting.SPOOL_LIMIT,
          Setting.NATS,
          Setting.NATS_USER,
          Setting.NATS_PASSWORD_FILE,
          Setting.NATS_CA,
          Setting.NATS_CERT,
          Setting.NATS_KEY,
          Setting.NATS_REPLICAS,
          Setting.NATS_STORAGE,
          Setting.NATS_OUTPUT,
          Setting.NATS_AGE);

  private final Environment environment;
  private CommandSpec spec;

  private ServeCommand(Environment environment) {
    this.environment = environment;
  }

  static CommandSpec spec(Environment environment) {
    ServeCommand command = new ServeCommand(environment);
    command.spec =
        ToxServer.command(
            "serve",
            command,
            "Runs the server, where the tests must run.",
            "It stops on ^C, SIGTERM or 'quit', when the runs that it has accepted have ended;"
                + " a second ^C or SIGTERM cancels them.",
            "tox-server -p 9876 serve --jobs 2");
    SettingOptions.add(command.spec, SETTINGS);
    Help.add(command.spec);
    return command.spec;
  }

  @Override
  public Integer call() {
    Settings settings = SettingOptions.read(spec, environment);
    Logging.start("serve", settings.logLevel(), environment.confFile(Logging.FILE));
    settings.given().forEach(LOG::fine);
    ServerConfig.Listen listen = ServerConfig.listen(settings);
    RunnerConfig runnerConfig = RunnerConfig.from(settings, environment.variables());
    ServerConfig serverConfig =
        ServerConfig.from(
            settings,
            listen,
            environment,
            StateFolder.of(settings, listen, environment),
            Version.current());
    tell(serverConfig.access());

    MemoryWatch.start();
    // The JDK resolves the one name that there may be; Vert.x's own resolver would be part of each
    // start.
    System.setProperty("vertx.disableDnsResolver", "true");
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    ServerVerticle server = new ServerVerticle(serverConfig);
    server.onPage(address -> StandardStream.err().writeLine("The page is at " + address));
    Optional<OwnRunner> own =
        serverConfig
            .nats()
            .filter(nats -> serverConfig.runners().local())
            .map(nats -> OwnRunner.start(serverConfig, nats, runnerConfig, environment));
    Future<?> runner =
        own.<Future<?>>map(OwnRunner::deployed)
            .orElseGet(() -> local(vertx, serverConfig, runnerConfig));
    int code =
        Processes.await(serve(vertx, server, serverConfig, runner, own, environment.folder()));
    own.ifPresent(OwnRunner::close);
    if (!Processes.close(vertx)) {
      LOG.log(Level.WARNING, "Some clients had not taken their output when the server left");
    }
    return code;
  }

  private static Future<?> local(Vertx vertx, ServerConfig config, RunnerConfig runner) {
    return config.runners().local() && config.nats().isEmpty()
        ? vertx.deployVerticle(new ToxRunnerVerticle(RunnerAddresses.LOCAL, runner))
        : Future.succeededFuture();
  }

  private static void tell(Access access) {
    access
        .notice()
        .ifPresent(notice -> LOG.log(access.warns() ? Level.WARNING : Level.INFO, notice));
    if ("root".equals(System.getProperty("user.name"))) {
      LOG.info("Running as root: so does everything that clients run");
    }
  }

  private static Future<Integer> serve(
      Vertx vertx,
      ServerVerticle server,
      ServerConfig config,
      Future<?> runner,
      Optional<OwnRunner> own,
      Path folder) {
    return runner.compose(
        ready -> serve(vertx, server, config, own, folder),
        failure -> Future.succeededFuture(leave("can't run anything", failure, "")));
  }

  private static Future<Integer> serve(
      Vertx vertx,
      ServerVerticle server,
      ServerConfig config,
      Optional<OwnRunner> own,
      Path folder) {
    return vertx
        .deployVerticle(server)
        .compose(
            deployed -> {
              String address = config.listen().address(server.port());
              LOG.log(LogLevel.NOTICE, "Running server at {0}", address);
              LOG.log(LogLevel.NOTICE, "Serving the folder {0}", folder);
              LOG.log(LogLevel.NOTICE, "^C to exit");
              Runnable signalled = () -> signalled(server, own);
              Signals.on("INT", signalled, LOG::warning);
              Signals.on("TERM", signalled, LOG::warning);
              if (config.listen().tls().isPresent()) {
                Signals.on("HUP", server::reloadTls, LOG::warning);
              }
              return server.drained();
            })
        .compose(drained -> own.map(OwnRunner::leave).orElseGet(Future::succeededFuture))
        .map(left -> ExitCode.OK.number())
        .otherwise(failure -> notServing(config, failure));
  }

  /** What the server's own runner has of other servers ends when its own runs have. */
  private static void signalled(ServerVerticle server, Optional<OwnRunner> own) {
    server.signalled();
    own.filter(runner -> server.drained().isComplete()).ifPresent(OwnRunner::signalled);
  }

  private static int notServing(ServerConfig config, Throwable failure) {
    ServerConfig.Listen listen = config.listen();
    if (failure instanceof InvalidSettingException) {
      return leave(failure.getMessage(), failure);
    }
    return leave(
        "can't listen on " + listen.address(listen.port()),
        failure,
        listen.socket().isPresent()
            ? " Choose another with --socket."
            : " Choose another with -p or -b.");
  }

  private static int leave(String problem, Throwable failure, String advice) {
    // Its message is the host alone, or the system's in its language.
    String reason =
        failure instanceof UnknownHostException ? "that host has no address" : failure.getMessage();
    return leave("%s: %s.%s".formatted(problem, reason, advice), failure);
  }

  private static int leave(String problem, Throwable failure) {
    LOG.log(Level.FINE, "not serving", failure);
    StandardStream.err().writeLine("tox-server: " + problem);
    return ExitCode.ERROR.number();
  }
}
